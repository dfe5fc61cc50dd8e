//! A window of Tauri with a page of one button, and nothing else: what `dev/bench` measures Segue's window
//! against.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!("tests/bench/empty/tauri.conf.json"))
}
