//! A storage that fails or lets another import pass in between.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use datafusion::object_store::memory::InMemory;
use datafusion::object_store::path::Path;
use datafusion::object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta,
    ObjectStore, PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};
use futures::stream::BoxStream;
use kinglet_core::diagnostic::Code;
use kinglet_store::lake::{BadRows, Lake, Needs};
use kinglet_store::progress::{Progress, Silent};

use super::rows::{closes, delivery, everything, file, import, values};

/// Something to do before a file is written.
type Before = (&'static str, Box<dyn FnOnce() + Send>);

/// Writes succeed until so many are through; negative: always.
struct Failing {
    inner: Arc<InMemory>,
    left: AtomicI64,
    before: Mutex<Option<Before>>,
}

impl fmt::Debug for Failing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a storage that fails")
    }
}

impl fmt::Display for Failing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a storage that fails")
    }
}

#[async_trait]
impl ObjectStore for Failing {
    async fn put_opts(
        &self,
        location: &Path,
        payload: PutPayload,
        options: PutOptions,
    ) -> Result<PutResult> {
        let mut before = self.before.lock().unwrap().take();
        if let Some((_, act)) = before.take_if(|b| location.as_ref().contains(b.0)) {
            std::thread::spawn(act).join().unwrap();
        }
        *self.before.lock().unwrap() = before;
        if self.left.fetch_sub(1, Ordering::SeqCst) == 0 {
            self.left.store(0, Ordering::SeqCst);
            let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
            return Err(Error::Generic { store: "failing", source: Box::new(full) });
        }
        self.inner.put_opts(location, payload, options).await
    }

    async fn put_multipart_opts(
        &self,
        location: &Path,
        options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.inner.put_multipart_opts(location, options).await
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        self.inner.get_opts(location, options).await
    }

    fn delete_stream(
        &self,
        locations: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        self.inner.delete_stream(locations)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.inner.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.inner.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.inner.copy_opts(from, to, options).await
    }
}

/// A lake in memory whose storage takes so many writes.
pub(crate) fn lake(inner: &Arc<InMemory>, writes: i64) -> Lake {
    within(inner, writes, None)
}

fn within(inner: &Arc<InMemory>, writes: i64, before: Option<Before>) -> Lake {
    let (inner, left) = (Arc::clone(inner), AtomicI64::new(writes));
    let storage = Failing { inner, left, before: Mutex::new(before) };
    Lake::within(Arc::new(storage), "memory:///lake".parse().unwrap()).unwrap()
}

#[test]
fn a_write_that_fails_leaves_the_former_version() {
    let mut writes = 0;
    loop {
        let memory = Arc::new(InMemory::new());
        import(&lake(&memory, -1), vec![delivery("first", everything())]);
        let gold = || {
            let mut batch = everything();
            batch.series = vec![closes("GOLD", "gold.csv", &[("2025-09-18", 3644.3)])];
            batch.events.truncate(1);
            batch.events[0].text = Some("corrected".to_owned());
            vec![delivery("gold", batch)]
        };
        let failing = lake(&memory, writes);
        match failing.import(gold(), BadRows::Refuse, &Silent) {
            Ok(report) => {
                assert_eq!(report.version, 2);
                break;
            }
            Err(error) => {
                assert_eq!(error.code, Code::Write, "{error}");
                assert!(error.to_string().contains("make room"), "{error}");
            }
        }
        let lake = lake(&memory, -1);
        assert_eq!(lake.manifest(None).unwrap().version, 1);
        assert!(values(&lake, None, "GOLD").is_empty());
        assert_eq!(lake.rows(None, &Needs::ALL).unwrap().events, everything().events);
        assert_eq!(import(&lake, gold()).version, 2);
        assert_eq!(values(&lake, None, "GOLD").len(), 1);
        assert_eq!(lake.rows(None, &Needs::ALL).unwrap().events.len(), 2);
        writes += 1;
    }
    // Two data files, two commits, one manifest.
    assert_eq!(writes, 5);
}

/// Imports something else when a step is reached.
struct Meanwhile<'a> {
    other: &'a Lake,
    at: Mutex<Option<(&'static str, u64)>>,
}

impl Progress for Meanwhile<'_> {
    fn step(&self, what: &str, done: u64, _: u64) {
        let mut at = self.at.lock().unwrap();
        if *at == Some((at.map_or("", |a| a.0), done)) && at.is_some_and(|a| a.0 == what) {
            *at = None;
            std::thread::scope(|threads| {
                let other = threads.spawn(|| {
                    let silver = closes("SILVER", "silver.csv", &[("2025-09-18", 41.8)]);
                    import(self.other, vec![file("silver", vec![silver])]);
                });
                other.join().unwrap();
            });
        }
    }
}

#[test]
fn of_two_imports_at_a_time_one_publishes() {
    let moments = [
        ("tables written", 0),
        ("tables written", 3),
        ("tables committed", 0),
        ("tables committed", 1),
    ];
    for moment in moments {
        let memory = Arc::new(InMemory::new());
        let (one, other) = (lake(&memory, -1), lake(&memory, -1));
        import(&one, vec![delivery("first", everything())]);
        let gold =
            || vec![file("gold", vec![closes("GOLD", "gold.csv", &[("2025-09-18", 3644.3)])])];
        let meanwhile = Meanwhile { other: &other, at: Mutex::new(Some(moment)) };
        let error = one.import(gold(), BadRows::Refuse, &meanwhile).unwrap_err();
        assert_eq!(error.code, Code::Conflict, "{moment:?}: {error}");
        // The other import is whole and alone.
        assert_eq!(one.manifest(None).unwrap().version, 2);
        assert_eq!(values(&one, None, "SILVER").len(), 1);
        assert!(values(&one, None, "GOLD").is_empty());
        // Once more, and both are there.
        assert_eq!(import(&one, gold()).version, 3);
        assert_eq!(values(&one, None, "SILVER").len(), 1);
        assert_eq!(values(&one, None, "GOLD").len(), 1);
        assert_eq!(one.rows(Some(2), &Needs::ALL).unwrap().series.len(), 4);
    }
}

#[test]
fn a_commit_is_never_put_on_top_of_one_that_its_import_did_not_see() {
    let memory = Arc::new(InMemory::new());
    import(&lake(&memory, -1), vec![delivery("first", everything())]);
    let gold = || vec![file("gold", vec![closes("GOLD", "gold.csv", &[("2025-09-18", 3644.3)])])];
    // Another import commits its table just before this one does, and fails at its manifest.
    let other = lake(&memory, 2);
    let commits = move || {
        let silver = closes("SILVER", "silver.csv", &[("2025-09-18", 41.8)]);
        let failed = other.import(vec![file("silver", vec![silver])], BadRows::Refuse, &Silent);
        assert_eq!(failed.unwrap_err().code, Code::Write);
    };
    let one = within(&memory, -1, Some(("series/_delta_log", Box::new(commits))));
    let error = one.import(gold(), BadRows::Refuse, &Silent).unwrap_err();
    assert_eq!(error.code, Code::Conflict, "{error}");
    assert_eq!(one.manifest(None).unwrap().version, 1);
    assert_eq!(import(&one, gold()).version, 2);
    assert_eq!(values(&one, None, "GOLD").len(), 1);
    assert!(values(&one, None, "SILVER").is_empty());
}
