//! Whether the desktop shows a tray at all. Where it shows none, a hidden window could not be found again.

/// Whether it does; asked anew each time, as panels come and go.
#[cfg(not(target_os = "linux"))]
pub(crate) async fn shown() -> bool {
    true
}

#[cfg(target_os = "linux")]
pub(crate) use bus::shown;

#[cfg(target_os = "linux")]
mod bus {
    use std::time::Duration;

    use gio::{BusType, Cancellable, DBusCallFlags};
    use glib::prelude::ToVariant;
    use glib::{Variant, VariantTy};

    /// Who knows: a panel, or the extension of one, takes this name and says that it shows trays.
    const WATCHER: &str = "org.kde.StatusNotifierWatcher";
    const PLACE: &str = "/StatusNotifierWatcher";
    /// How long it may take to say so. A panel that hangs shows nothing either.
    const PATIENCE: Duration = Duration::from_secs(1);

    /// Whether it does; asked anew each time, as panels come and go.
    pub(crate) async fn shown() -> bool {
        let asked = tauri::async_runtime::spawn_blocking(ask);
        // Without a bus there may be a wait before the call itself.
        matches!(tokio::time::timeout(PATIENCE * 2, asked).await, Ok(Ok(Some(true))))
    }

    fn ask() -> Option<bool> {
        let bus = gio::bus_get_sync(BusType::Session, Cancellable::NONE).ok()?;
        // Segue goes on without a bus.
        bus.set_exit_on_close(false);
        let answer: Variant = bus
            .call_sync(
                Some(WATCHER),
                PLACE,
                "org.freedesktop.DBus.Properties",
                "Get",
                Some(&(WATCHER, "IsStatusNotifierHostRegistered").to_variant()),
                Some(VariantTy::TUPLE),
                DBusCallFlags::NO_AUTO_START,
                i32::try_from(PATIENCE.as_millis()).unwrap_or(i32::MAX),
                Cancellable::NONE,
            )
            .ok()?;
        answer.try_child_value(0)?.as_variant()?.get::<bool>()
    }
}
