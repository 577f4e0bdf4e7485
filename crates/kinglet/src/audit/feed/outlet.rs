//! Results that come in any order and leave in theirs.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::{Delivery, Judged, Part, Summary};

/// So many batches, or bytes of them, may wait for one before them.
const WAITING_BATCHES: u64 = 256;
const WAITING_BYTES: usize = 1 << 26;

/// Whether there is more to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Now,
    NotYet,
}

/// Where results are put; whoever brings the next one delivers all that follow it.
pub(super) struct Outlet<D> {
    state: Mutex<State<D>>,
    moved: Condvar,
}

struct State<D> {
    deliver: D,
    next: u64,
    waiting: BTreeMap<u64, Judged>,
    bytes: usize,
    summary: Summary,
    error: Option<io::Error>,
    stop: Stop,
}

/// Ends the work of all threads where one panics, so that none waits for it.
pub(super) struct Guard<'a, D>(&'a Outlet<D>);

impl<D> Drop for Guard<'_, D> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.locked().stop = Stop::Now;
            self.0.moved.notify_all();
        }
    }
}

impl<D> Outlet<D> {
    pub(super) fn guard(&self) -> Guard<'_, D> {
        Guard(self)
    }

    fn locked(&self) -> MutexGuard<'_, State<D>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<D: FnMut(Delivery<'_>) -> io::Result<()>> Outlet<D> {
    pub(super) fn new(deliver: D) -> Self {
        let state = State {
            deliver,
            next: 0,
            waiting: BTreeMap::new(),
            bytes: 0,
            summary: Summary::default(),
            error: None,
            stop: Stop::NotYet,
        };
        Outlet { state: Mutex::new(state), moved: Condvar::new() }
    }

    /// Takes the results of a batch; waits while too many wait for one before them.
    pub(super) fn put(&self, judged: Judged) -> Stop {
        let full = |state: &mut State<D>| {
            let ahead = judged.number - state.next;
            let full = ahead >= WAITING_BATCHES || state.bytes >= WAITING_BYTES;
            state.stop == Stop::NotYet && ahead > 0 && full
        };
        let state = self.moved.wait_while(self.locked(), full);
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        if state.stop == Stop::NotYet {
            state.bytes += judged.bytes();
            state.waiting.insert(judged.number, judged);
            state.deliver();
            self.moved.notify_all();
        }
        state.stop
    }

    /// What was found, once all threads have ended; nothing if nobody reads it any more.
    pub(super) fn finish(self) -> io::Result<Option<Summary>> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        match state.error {
            Some(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(None),
            Some(error) => Err(error),
            None => Ok(Some(state.summary)),
        }
    }
}

impl<D: FnMut(Delivery<'_>) -> io::Result<()>> State<D> {
    fn deliver(&mut self) {
        while let Some(judged) = self.waiting.remove(&self.next) {
            self.next += 1;
            self.bytes -= judged.bytes();
            let parts = judged.parts.iter().try_for_each(|part| {
                (self.deliver)(match part {
                    Part::Audits(json) => Delivery::Audits(json),
                    Part::Skipped(diagnostic) => Delivery::Skipped(diagnostic),
                })
            });
            if let Err(error) = parts {
                self.error = Some(error);
                self.stop = Stop::Now;
                return;
            }
            self.summary.join(&judged.summary);
        }
    }
}
