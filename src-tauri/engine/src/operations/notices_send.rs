//! Notices, sent: what is told of a run that ended, to whom, and how that went.

use secrecy::SecretString;
use serde_json::Value;

use crate::error::{Code, Error, Result};
use crate::model::{Notice, NoticeSettings, NoticeTry, Run, Status};
use crate::notify::change::{self, Ended, Standing, USUAL_RUNS};
use crate::notify::mail::Letter;
use crate::notify::webhook::Webhook;
use crate::notify::{MAIL_KEY, WEBHOOK_KEY, Way, mail, tries, words};
use crate::run::RunOptions;
use crate::{Engine, store};

impl Engine {
    /// What somebody is to be told of a run that ended; `None`: nothing. That it was told is noted in the same
    /// write, so that of several processes one tells.
    ///
    /// A run that tried only some people, or took people off lists in place of sending any, tells nothing and
    /// changes nothing; but one that fails to do the latter keeps its export from running.
    ///
    /// # Errors
    /// `not_found` where the run is gone, and those of the database.
    pub async fn take_notice(&self, run: &Run) -> Result<Option<Notice>> {
        let run = run.clone();
        self.store
            .write(move |tx| {
                let beside = store::run_facts::beside(tx, run.id)?;
                let options: RunOptions = store::from_json(&beside.options, "what a run was told")?;
                // While it fails to empty a list that was given up, the export sends nobody.
                let emptied = options.empty.is_some() && run.status != Status::Failed;
                let partial = options.only.is_some() || options.first.is_some() || emptied;
                if partial || !beside.export_exists {
                    return Ok(None);
                }
                let told = store::notice::told(tx, run.export_id)?;
                let (last, standing) = told.unzip();
                if let Some(last) = last
                    && store::notice::is_newer(tx, run.id, &last)?
                {
                    return Ok(None);
                }
                let before: Standing = match standing {
                    Some(state) => store::from_json(&state, "what was told of an export")?,
                    None => Standing::default(),
                };
                let usual = store::notice::people_before(tx, run.export_id, run.id, USUAL_RUNS)?;
                let ended = Ended {
                    run: &run,
                    held: !beside.facts.held.is_empty(),
                    planned: beside.planned_at.is_some(),
                };
                let (after, notice) = change::after(&ended, before, &usual);
                store::notice::set_told(tx, run.export_id, run.id, &store::to_json(&after)?)?;
                Ok(notice)
            })
            .await
    }

    /// Tells everybody outside who is to be told of a run that ended, where it changed the state of its export.
    pub async fn tell_of(&self, run: &Run) {
        match self.take_notice(run).await {
            Ok(Some(notice)) => self.deliver_notice(&notice).await,
            Ok(None) => {}
            Err(error) => tracing::warn!(code = ?error.code, "It was not found out what is to be told."),
        }
    }

    /// Tells everybody outside who is to be told, by webhook and by mail at once, and notes how that went. It
    /// returns once both went or were given up, within about a minute and a half, and fails nothing.
    pub async fn deliver_notice(&self, notice: &Notice) {
        let settings = match self.notice_settings().await {
            Ok(settings) => settings,
            Err(error) => {
                return tracing::warn!(code = ?error.code, "Who is told of exports cannot be read.");
            }
        };
        let webhook = async {
            if settings.webhook.is_some() {
                let body = words::body(notice, settings.language);
                self.noted(Way::Webhook, self.by_webhook(&body, &tries::PAUSES).await).await;
            }
        };
        let mail = async {
            if settings.mail.is_some() {
                let letter = self.letter(notice, &settings);
                self.noted(Way::Mail, self.by_mail(&settings, &letter, &tries::PAUSES).await).await;
            }
        };
        futures::join!(webhook, mail);
    }

    /// Sends a notice that says that it is a trial, once, by what is stored, and notes how that went.
    ///
    /// # Errors
    /// `usage` where nothing is set up this way, `no_key_store`, and why it did not go.
    pub async fn test_notice(&self, way: Way) -> Result<()> {
        let settings = self.notice_settings().await?;
        let (none, language) = ([], settings.language);
        let went = match way {
            Way::Webhook if settings.webhook.is_none() => return Err(not_set_up("webhook")),
            Way::Webhook => self.by_webhook(&words::trial_body(language, self.clock.now()), &none).await,
            Way::Mail if settings.mail.is_none() => return Err(not_set_up("mail server")),
            Way::Mail => {
                let at = self.clock.now();
                let id = format!("trial-{}", at.as_millisecond());
                self.by_mail(&settings, &Letter { id, at, message: words::trial(language) }, &none).await
            }
        };
        self.noted(way, went.clone()).await;
        went
    }

    fn letter(&self, notice: &Notice, settings: &NoticeSettings) -> Letter {
        Letter {
            id: format!("{}-{}", notice.run, notice.at.as_millisecond()),
            at: self.clock.now(),
            message: words::message(notice, settings.language),
        }
    }

    async fn by_webhook(&self, body: &Value, pauses: &[std::time::Duration]) -> Result<()> {
        let address = self.keychain.get(WEBHOOK_KEY)?.ok_or_else(|| gone("webhook's address"))?;
        let webhook = Webhook::parse(&address)?;
        tries::repeat(pauses, tokio::time::sleep, || webhook.send(body)).await
    }

    async fn by_mail(
        &self,
        settings: &NoticeSettings,
        letter: &Letter,
        pauses: &[std::time::Duration],
    ) -> Result<()> {
        let Some(mail) = &settings.mail else { return Err(not_set_up("mail server")) };
        let password: Option<SecretString> = match mail.user.is_empty() {
            true => None,
            false => Some(self.keychain.get(MAIL_KEY)?.ok_or_else(|| gone("password of the mail server"))?),
        };
        tries::repeat(pauses, tokio::time::sleep, || mail::send(mail, password.as_ref(), letter)).await
    }

    /// Notes how a try went, for whoever set it up; the log has its code only.
    async fn noted(&self, way: Way, went: Result<()>) {
        let trouble = match went {
            Ok(()) => String::new(),
            Err(error) => {
                tracing::warn!(?way, code = ?error.code, "A notice did not go out.");
                error.message
            }
        };
        let tried = NoticeTry { at: self.clock.now(), trouble };
        let noted = self.store.write(move |tx| {
            store::notice::change_tries(tx, |tries| match way {
                Way::Webhook => tries.webhook = Some(tried),
                Way::Mail => tries.mail = Some(tried),
            })
        });
        if let Err(error) = noted.await {
            tracing::warn!(?way, code = ?error.code, "How a notice went was not noted.");
        }
    }
}

fn not_set_up(what: &str) -> Error {
    Error::new(Code::Usage, format!("There is no {what} for notices; nothing was sent."))
        .help("Set it up first, and save.")
}

fn gone(what: &str) -> Error {
    Error::new(Code::NoKeyStore, format!("The {what} is not in the key store any more; no notice was sent."))
        .help("Type it again and save.")
}
