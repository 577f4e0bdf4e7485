//! JSON held against a schema: as much of JSON Schema as the schemas here use, and a panic on a
//! keyword that is not understood. A validator from the registry would be a dependency of tests
//! alone that changes the features of others, so that `cargo run` and `cargo test` would no longer
//! share one set of artefacts.

use serde_json::{Map, Value};

/// Keywords that say nothing: about other types, for people, or what a text must look like.
const SILENT: [&str; 17] = [
    "$schema",
    "$id",
    "$defs",
    "definitions",
    "title",
    "description",
    "default",
    "format",
    "pattern",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "minItems",
    "uniqueItems",
    "minimum",
    "maximum",
];

/// All that is wrong with an instance, each with its place.
pub(super) fn errors(schema: &Value, instance: &Value) -> Vec<String> {
    let mut errors = Vec::new();
    Check { root: schema, errors: &mut errors }.value(schema, instance, "");
    errors
}

struct Check<'a> {
    root: &'a Value,
    errors: &'a mut Vec<String>,
}

impl Check<'_> {
    fn value(&mut self, schema: &Value, instance: &Value, place: &str) {
        if schema == &Value::Bool(true) {
            return;
        }
        let rules = schema.as_object().expect("a schema is an object");
        self.parts(rules, instance, place);
        for (keyword, rule) in rules {
            let holds = match keyword.as_str() {
                "$ref" | "anyOf" => true,
                keyword => holds((keyword, rule), instance),
            };
            if !holds {
                self.errors.push(format!("{place}: {keyword} {rule} does not hold: {instance}"));
            }
        }
    }

    /// Keywords that apply schemas to the instance or to parts of it.
    fn parts(&mut self, rules: &Map<String, Value>, instance: &Value, place: &str) {
        if let Some(reference) = rules.get("$ref").and_then(Value::as_str) {
            let pointer = reference.strip_prefix('#').expect("a local reference");
            self.value(self.root.pointer(pointer).expect("a definition"), instance, place);
        }
        if let Some(schemas) = rules.get("anyOf").and_then(Value::as_array) {
            let fits = |schema: &Value| {
                let mut errors = Vec::new();
                Check { root: self.root, errors: &mut errors }.value(schema, instance, place);
                errors.is_empty()
            };
            if !schemas.iter().any(fits) {
                self.errors.push(format!("{place}: fits none of several"));
            }
        }
        for (i, item) in instance.as_array().into_iter().flatten().enumerate() {
            if let Some(schema) = rules.get("items") {
                self.value(schema, item, &format!("{place}/{i}"));
            }
        }
        for (name, field) in instance.as_object().into_iter().flatten() {
            let place = format!("{place}/{name}");
            let known = rules.get("properties").and_then(|properties| properties.get(name));
            match (known, rules.get("additionalProperties")) {
                (Some(schema), _) => self.value(schema, field, &place),
                (None, Some(Value::Bool(false))) => self.errors.push(format!("{place}: not known")),
                (None, Some(schema)) => self.value(schema, field, &place),
                (None, None) => {}
            }
        }
    }
}

/// Keywords about the instance as a whole.
fn holds((keyword, rule): (&str, &Value), instance: &Value) -> bool {
    match (keyword, instance) {
        ("type", _) => list(rule).iter().any(|kind| is(instance, kind)),
        ("enum", _) => rule.as_array().expect("values").contains(instance),
        ("required", Value::Object(fields)) => {
            list(rule).iter().all(|name| fields.contains_key(*name))
        }
        ("minItems", Value::Array(items)) => Some(items.len() as u64) >= rule.as_u64(),
        ("uniqueItems", Value::Array(items)) => {
            items.iter().enumerate().all(|(i, item)| !items[..i].contains(item))
        }
        ("minimum", Value::Number(n)) => n.as_f64() >= rule.as_f64(),
        ("maximum", Value::Number(n)) => n.as_f64() <= rule.as_f64(),
        _ => SILENT.contains(&keyword) || panic!("the keyword {keyword} is not understood"),
    }
}

/// One name or several.
fn list(rule: &Value) -> Vec<&str> {
    match rule {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        name => name.as_str().into_iter().collect(),
    }
}

fn is(instance: &Value, kind: &str) -> bool {
    match kind {
        "null" => instance.is_null(),
        "boolean" => instance.is_boolean(),
        "integer" => instance.is_i64() || instance.is_u64(),
        "number" => instance.is_number(),
        "string" => instance.is_string(),
        "array" => instance.is_array(),
        "object" => instance.is_object(),
        other => panic!("no such type: {other}"),
    }
}
