//! JSON held against a schema: as much of JSON Schema as the schemas here use, and a panic on a
//! keyword that is not understood. A validator from the registry would be a dependency of tests
//! alone that changes the features of others, so that `cargo run` and `cargo test` would no longer
//! share one set of artefacts.

use serde_json::{Map, Value};

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
        for (keyword, rule) in rules {
            self.keyword((keyword, rule), rules, instance, place);
        }
    }

    fn keyword(
        &mut self,
        (keyword, rule): (&str, &Value),
        rules: &Map<String, Value>,
        instance: &Value,
        place: &str,
    ) {
        let number = |rule: &Value| rule.as_f64().expect("a number");
        let length = rule.as_u64().unwrap_or_default() as usize;
        let holds = match (keyword, instance) {
            (
                "$schema" | "$id" | "$defs" | "definitions" | "title" | "description" | "default",
                _,
            ) => true,
            // Both ask for a string; what it must look like is not checked.
            ("format" | "pattern", _) => instance.is_string() || !rules.contains_key("type"),
            ("type", _) => list(rule).iter().any(|kind| is(instance, kind)),
            ("enum", _) => rule.as_array().expect("values").contains(instance),
            ("$ref", _) => {
                let pointer =
                    rule.as_str().and_then(|r| r.strip_prefix('#')).expect("a local reference");
                let schema = self.root.pointer(pointer).expect("a definition");
                return self.value(schema, instance, place);
            }
            ("anyOf", _) => rule.as_array().expect("schemas").iter().any(|schema| {
                let mut errors = Vec::new();
                Check { root: self.root, errors: &mut errors }.value(schema, instance, place);
                errors.is_empty()
            }),
            ("properties", Value::Object(fields)) => {
                for (name, schema) in rule.as_object().expect("properties") {
                    if let Some(field) = fields.get(name) {
                        self.value(schema, field, &format!("{place}/{name}"));
                    }
                }
                return;
            }
            ("required", Value::Object(fields)) => {
                list(rule).iter().all(|name| fields.contains_key(*name))
            }
            ("additionalProperties", Value::Object(fields)) => {
                let known = rules.get("properties").and_then(Value::as_object);
                let extra =
                    fields.iter().filter(|(name, _)| known.is_none_or(|k| !k.contains_key(*name)));
                for (name, field) in extra {
                    match rule {
                        Value::Bool(true) => {}
                        Value::Bool(false) => {
                            self.errors.push(format!("{place}/{name}: not known"))
                        }
                        schema => self.value(schema, field, &format!("{place}/{name}")),
                    }
                }
                return;
            }
            ("items", Value::Array(items)) => {
                for (i, item) in items.iter().enumerate() {
                    self.value(rule, item, &format!("{place}/{i}"));
                }
                return;
            }
            ("minItems", Value::Array(items)) => items.len() >= length,
            ("uniqueItems", Value::Array(items)) => {
                items.iter().enumerate().all(|(i, item)| !items[..i].contains(item))
            }
            ("minimum", Value::Number(n)) => n.as_f64() >= Some(number(rule)),
            ("maximum", Value::Number(n)) => n.as_f64() <= Some(number(rule)),
            (
                "properties"
                | "required"
                | "additionalProperties"
                | "items"
                | "minItems"
                | "uniqueItems"
                | "minimum"
                | "maximum",
                _,
            ) => true,
            _ => panic!("{place}: the keyword {keyword} is not understood"),
        };
        if !holds {
            self.errors.push(format!("{place}: {keyword} {rule} does not hold for {instance}"));
        }
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
