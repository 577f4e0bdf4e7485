//! How far a long task has come, on standard error if that is a terminal.

use std::io::Read;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kinglet::data::Progress;

use crate::terminal::Remarks;

/// One bar that shows the step at hand.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    pub(crate) fn new(remarks: Remarks) -> Bar {
        let target = match remarks {
            Remarks::Shown => ProgressDrawTarget::stderr(),
            Remarks::Hidden => ProgressDrawTarget::hidden(),
        };
        let bar = ProgressBar::with_draw_target(None, target);
        let style = ProgressStyle::with_template("{msg:20} {bar:40} {pos}/{len}");
        Bar(bar.with_style(style.expect("the template is sound")))
    }
}

/// A bar for bytes that are read, of a known or unknown number.
pub(crate) struct ByteBar(ProgressBar);

impl ByteBar {
    pub(crate) fn new(total: Option<u64>, remarks: Remarks) -> ByteBar {
        let target = match remarks {
            Remarks::Shown => ProgressDrawTarget::stderr(),
            Remarks::Hidden => ProgressDrawTarget::hidden(),
        };
        let template = match total {
            Some(_) => "{bar:40} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left",
            None => "{spinner} {bytes}, {bytes_per_sec}, {elapsed}",
        };
        let bar = ProgressBar::with_draw_target(total, target);
        let style = ProgressStyle::with_template(template);
        ByteBar(bar.with_style(style.expect("the template is sound")))
    }

    /// Counts what is read from a source.
    pub(crate) fn read<R: Read>(&self, source: R) -> impl Read + use<R> {
        self.0.wrap_read(source)
    }

    /// Writes below the bar, which is drawn anew.
    pub(crate) fn suspend(&self, write: impl FnOnce()) {
        self.0.suspend(write);
    }
}

impl Drop for ByteBar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Leaves no trace.
impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn step(&self, what: &str, done: u64, total: u64) {
        // Threads report as they finish: the bar only goes forward within a step.
        if self.0.message() != what {
            self.0.set_position(0);
            self.0.set_message(what.to_owned());
        }
        self.0.set_length(total);
        self.0.set_position(done.max(self.0.position()));
    }
}
