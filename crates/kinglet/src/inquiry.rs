//! What a language model is asked. Whoever asks reads the answer strictly: a model may point or
//! reword, it gives no number and no verdict.

use sha2::{Digest, Sha256};

/// A question to a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inquiry {
    /// Hash of all that the answer may depend on, as hexadecimal digits: a name for a cache.
    pub key: String,
    /// What it is to do.
    pub instructions: &'static str,
    /// What it is to do it with, as JSON.
    pub input: String,
}

impl Inquiry {
    /// A question to the model of this name.
    pub(crate) fn new(model: &str, instructions: &'static str, input: String) -> Inquiry {
        let digest = Sha256::digest([model, instructions, &input].join("\0").as_bytes());
        let key = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Inquiry { key, instructions, input }
    }
}

/// The JSON object in a model's answer; models like to set it in fences.
pub(crate) fn object(answer: &str) -> Option<&str> {
    answer.get(answer.find('{')?..=answer.rfind('}')?)
}
