//! The OpenAPI document holds what the code says.

use super::spawn_app;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// utoipa overwrites equal schema names without a word, so a client would be told another room's shape.
#[test]
fn every_schema_has_a_name_of_its_own() {
    let server = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server");
    let mut places: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for file in rust_files(&server) {
        let text = std::fs::read_to_string(&file).expect("source");
        for name in schema_names(&text) {
            places.entry(name).or_default().push(file.clone());
        }
    }
    assert!(places.len() > 10, "the search finds schemas: {places:?}");
    places.retain(|_, files| files.len() > 1);
    assert!(places.is_empty(), "{places:#?}");
}

#[test]
fn the_search_for_schemas_reads_names_and_other_names() {
    let text = "#[derive(Serialize, utoipa::ToSchema)]\npub struct Plain {}\n\
                #[cfg_attr(feature = \"openapi\", derive(utoipa::ToSchema))]\n#[schema(as = Told)]\nenum Hidden {}";
    assert_eq!(schema_names(text), ["Plain", "Told"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_names_every_shape_it_refers_to() {
    let app = spawn_app().await;
    let (status, document) = app.get("/api/openapi.json").await;
    assert_eq!(status, 200);
    let text = document.to_string();
    let schemas = document["components"]["schemas"]
        .as_object()
        .expect("schemas");
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let (name, _) = reference.split_once('"').expect("its end");
        assert!(
            schemas.contains_key(name),
            "{name} is referred to and missing"
        );
    }
}

/// The names under which a file's types stand in the document.
fn schema_names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut renamed = None;
    let mut is_schema = false;
    for line in text.lines().map(str::trim) {
        is_schema |= line.contains("ToSchema") && line.contains("derive(");
        if let Some((_, rest)) = line.split_once("schema(as = ") {
            renamed = rest.split([')', ',']).next().map(str::to_owned);
        }
        let words: Vec<&str> = line.split([' ', '<', '(', '{', ';']).collect();
        let kind = words
            .iter()
            .position(|word| matches!(*word, "struct" | "enum"));
        let is_item = !line.starts_with("//") && !line.starts_with('#');
        if let Some(name) = kind.filter(|_| is_item).and_then(|at| words.get(at + 1)) {
            if is_schema {
                names.push(renamed.take().unwrap_or_else(|| (*name).to_owned()));
            }
            (renamed, is_schema) = (None, false);
        }
    }
    names
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}
