//! A language model behind an OpenAI-compatible endpoint: questions, answers, and answers kept on
//! disk where that is asked for.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use kinglet::inquiry::Inquiry;
use reqwest::header::{HeaderValue, InvalidHeaderValue};
use reqwest::{Client, Url, redirect};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// The environment variable with the key of the endpoint.
const KEY: &str = "KINGLET_LLM_KEY";

/// The largest answer that is read, in bytes.
const BODY_MAX: usize = 1 << 20;

#[derive(Args, Debug)]
#[command(next_help_heading = "Assistance")]
pub(crate) struct AssistanceArguments {
    /// Ask a language model at an OpenAI-compatible endpoint such as
    /// `http://localhost:11434/v1`; it gives no number and no verdict. The key is read from
    /// KINGLET_LLM_KEY
    #[arg(long, value_name = "URL", value_parser = endpoint, requires = "model")]
    llm: Option<Url>,
    /// The model to ask
    #[arg(long, value_name = "NAME", requires = "llm")]
    model: Option<String>,
    /// Keep the model's answers in a folder, and take them from there
    #[arg(long, value_name = "DIR", requires = "llm")]
    llm_cache: Option<PathBuf>,
    /// How long to wait for each answer
    #[arg(long, value_name = "SECONDS", requires = "llm", default_value = "30",
        value_parser = clap::value_parser!(u64).range(1..=3600))]
    llm_timeout: u64,
}

/// The place of chat completions under a base URL, or itself.
fn endpoint(text: &str) -> Result<Url, String> {
    let mut url = Url::parse(text).map_err(|error| error.to_string())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("only http and https".to_owned());
    }
    let path = url.path().trim_end_matches('/').to_owned();
    if !path.ends_with("/chat/completions") {
        url.set_path(&format!("{path}/chat/completions"));
    }
    Ok(url)
}

impl AssistanceArguments {
    /// The model that is to be asked, if one is.
    pub(crate) fn model(&self) -> Option<&str> {
        self.llm.as_ref().and(self.model.as_deref())
    }

    /// Carries questions to the model and keeps the answers that can be read.
    pub(crate) fn carrier(
        &self,
        is_readable: fn(&str) -> bool,
    ) -> impl FnMut(&Inquiry) -> Result<String, String> {
        let mut line = None;
        move |inquiry| {
            let file = self.llm_cache.as_ref().map(|dir| dir.join(format!("{}.txt", inquiry.key)));
            if let Some(answer) = file.as_deref().and_then(kept) {
                return Ok(answer);
            }
            let (Some(url), Some(model)) = (&self.llm, &self.model) else {
                return Err("no endpoint is named".to_owned());
            };
            let line = match &mut line {
                Some(line) => line,
                none => none.insert(Line::open(url, Duration::from_secs(self.llm_timeout))?),
            };
            let answer = line.ask(model, inquiry)?;
            if let Some(file) = file.filter(|_| is_readable(&answer)) {
                keep(&file, &answer)
                    .map_err(|e| format!("answers cannot be kept in --llm-cache: {e}"))?;
            }
            Ok(answer)
        }
    }
}

/// An answer that was kept, unless it is too large to be one.
fn kept(file: &Path) -> Option<String> {
    let size = fs::metadata(file).ok()?.len();
    usize::try_from(size).ok().filter(|size| *size <= BODY_MAX)?;
    fs::read_to_string(file).ok()
}

/// Written beside its place first: nobody finds half an answer.
fn keep(file: &Path, answer: &str) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let draft = tempfile::NamedTempFile::new_in(folder)?;
    fs::write(draft.path(), answer)?;
    draft.persist(file).map(|_| ()).map_err(|error| error.error)
}

/// A line to an endpoint.
struct Line {
    url: Url,
    client: Client,
    runtime: Runtime,
    key: Option<HeaderValue>,
}

impl Line {
    fn open(url: &Url, timeout: Duration) -> Result<Line, String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        // A redirect could lead the key elsewhere.
        let client = Client::builder()
            .timeout(timeout)
            .redirect(redirect::Policy::none())
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Line { url: url.clone(), client, runtime, key: key()? })
    }

    /// The words of the model's answer. No message holds the address, which may hold a secret, nor
    /// anything that the endpoint says.
    fn ask(&self, model: &str, inquiry: &Inquiry) -> Result<String, String> {
        let body = json!({
            "model": model,
            "temperature": 0,
            "messages": [
                { "role": "system", "content": inquiry.instructions },
                { "role": "user", "content": inquiry.input },
            ],
        });
        let bytes = self.runtime.block_on(self.post(body.to_string()))?;
        let answer: Value =
            serde_json::from_slice(&bytes).map_err(|_| "the endpoint's answer is not JSON")?;
        let words = answer.pointer("/choices/0/message/content").and_then(Value::as_str);
        Ok(words.ok_or("the endpoint's answer holds no message")?.to_owned())
    }

    async fn post(&self, body: String) -> Result<Vec<u8>, String> {
        let mut request =
            self.client.post(self.url.clone()).header("content-type", "application/json");
        if let Some(key) = &self.key {
            request = request.header("authorization", key);
        }
        let mut response = request.body(body).send().await.map_err(|e| failure(&e))?;
        if !response.status().is_success() {
            return Err(format!("the endpoint answers with status {}", response.status().as_u16()));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|e| failure(&e))? {
            if bytes.len() + chunk.len() > BODY_MAX {
                return Err(format!("the endpoint's answer is larger than {BODY_MAX} bytes"));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

/// The key as a header that is never shown.
fn key() -> Result<Option<HeaderValue>, String> {
    let Some(key) = std::env::var_os(KEY).filter(|key| !key.is_empty()) else { return Ok(None) };
    let unusable = || format!("{KEY} holds characters that a key cannot have");
    let key = key.into_string().map_err(|_| unusable())?;
    let header: Result<HeaderValue, InvalidHeaderValue> = format!("Bearer {key}").parse();
    let mut header = header.map_err(|_| unusable())?;
    header.set_sensitive(true);
    Ok(Some(header))
}

fn failure(error: &reqwest::Error) -> String {
    let what = if error.is_timeout() {
        "the endpoint does not answer in time"
    } else if error.is_connect() {
        "the endpoint cannot be reached"
    } else {
        "the endpoint's answer breaks off"
    };
    what.to_owned()
}
