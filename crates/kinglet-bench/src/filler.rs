//! Sentences without figures.

use crate::random::Random;

const WHO: &[&str] = &[
    "Investors",
    "Portfolio managers",
    "Strategists at several brokerages",
    "Traders",
    "Many households",
    "Regional lenders",
    "Small manufacturers",
    "Analysts who follow the group",
    "Pension funds",
    "Executives on recent conference calls",
    "Domestic retailers",
    "Owners of smaller companies",
];
const DID: &[&str] = &[
    "kept a close eye on",
    "played down",
    "took comfort from",
    "remained divided over",
    "worried less about",
    "were quick to point to",
    "drew a careful line between hope and",
    "had long expected",
    "could not agree on the meaning of",
    "adjusted their plans to",
];
const WHAT: &[&str] = &[
    "the path of borrowing costs",
    "signs of cooling demand",
    "a steadier dollar",
    "the health of regional banks",
    "the mood of consumers",
    "tighter lending standards",
    "a new round of trade talks",
    "the breadth of the advance",
    "thinner margins at home builders",
    "the flow of new listings",
    "cheaper energy",
    "the quality of the balance sheets in the group",
];
const WHY: &[&str] = &[
    "as trading desks thinned out ahead of the holiday",
    "while the bond market stayed calm",
    "although few were ready to change course",
    "which helped the more cyclical corners of the market",
    "even as volumes stayed below their usual pace",
    "because the calendar of releases was light",
    "with health care and banks again in the lead",
    "despite a string of cautious comments from policymakers",
    "and the tone hardly changed into the close",
    "a pattern that is familiar from earlier cycles",
];

/// One sentence.
pub(crate) fn sentence(random: &mut Random) -> String {
    let (who, did, what) = (random.of(WHO), random.of(DID), random.of(WHAT));
    match random.below(3) {
        0 => format!("{who} {did} {what}."),
        _ => format!("{who} {did} {what}, {}.", random.of(WHY)),
    }
}
