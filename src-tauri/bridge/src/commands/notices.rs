//! Notices: who is told when an export changes its state. No secret is ever in an answer.

use segue_engine::NewNotices;
use segue_engine::error::Result;
use segue_engine::notify::Way;

use crate::views::{Done, Key, Nothing, NoticeWay, NoticesDraft, NoticesTestRequest, NoticesView};
use crate::{Desk, Noun};

pub(crate) async fn notices_get(desk: &Desk, _: Nothing) -> Result<NoticesView> {
    let settings = desk.engine.notice_settings().await?;
    Ok(NoticesView {
        desktop: settings.desktop,
        webhook_host: settings.webhook.map(|webhook| webhook.host),
        mail: settings.mail,
        mail_password: desk.engine.has_mail_password().await?,
        language: settings.language,
        tries: desk.engine.notice_tries().await?,
    })
}

pub(crate) async fn notices_set(desk: &Desk, draft: NoticesDraft) -> Result<NoticesView> {
    let new = NewNotices {
        desktop: draft.desktop,
        webhook: draft.webhook,
        webhook_url: draft.webhook_url.as_ref().map(Key::secret),
        mail: draft.mail,
        mail_password: draft.mail_password.as_ref().map(Key::password),
        language: draft.language,
    };
    desk.engine.set_notices(new).await?;
    desk.events.changed(&[Noun::Notices, Noun::Audit]);
    notices_get(desk, Nothing {}).await
}

pub(crate) async fn notices_test(desk: &Desk, request: NoticesTestRequest) -> Result<Done> {
    let way = match request.way {
        NoticeWay::Webhook => Way::Webhook,
        NoticeWay::Mail => Way::Mail,
    };
    let went = desk.engine.test_notice(way).await;
    // How it went is shown, also where it did not go.
    desk.events.changed(&[Noun::Notices]);
    went.map(|()| Done {})
}
