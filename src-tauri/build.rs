//! Makes a permission for each command, so that no command is open to a window that was not given it.

#[path = "commands.rs"]
#[expect(unreachable_pub, reason = "the library gives the lists to its tests")]
mod commands;

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    // The page is built by npm. Without it the program still compiles, and says so in the window.
    let page = Path::new("ui/dist/index.html");
    if !page.exists() {
        fs::create_dir_all("ui/dist")?;
        fs::write(page, "<!doctype html><title>Segue</title><p>Build the page first: npm run build in ui/.")?;
    }
    let names: Vec<&'static str> = commands::ENGINE.iter().chain(commands::OWN).copied().collect();
    let manifest = tauri_build::AppManifest::new()
        .commands(names.leak())
        .permissions_path_pattern("src-tauri/permissions/**/*");
    let attributes = tauri_build::Attributes::new()
        .app_manifest(manifest)
        .capabilities_path_pattern("src-tauri/capabilities/*.json");
    tauri_build::try_build(attributes)?;
    println!("cargo:rerun-if-changed=src-tauri/commands.rs");
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=ui/dist");
    Ok(())
}
