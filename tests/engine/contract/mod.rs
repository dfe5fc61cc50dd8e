//! The contract of destinations: one suite that every product passes against an account, over the wire that runs have.
//! A product has a [`stage::Stage`], and with its line at the end of this file it gets a test for each check. What does
//! not apply to it follows from its abilities, never from its name.

mod answers;
mod fields;
mod keys;
mod lists;
mod opt_outs;
mod product;
mod rows;
mod sandboxed;
mod stage;
mod third;
mod trial;

/// A test for each product and check, each with an account to itself.
macro_rules! contract {
    ($($product:ident: $stage:ty;)+) => { $(mod $product {
        contract! { @of $stage:
            product { it_is_well_described }
            keys {
                a_good_key_is_taken_and_a_bad_one_stops
                the_key_is_in_no_text
                the_accounts_words_are_fit_to_be_shown
                nothing_is_followed
            }
            answers {
                each_status_has_its_class
                nothing_found_is_an_answer_only_where_something_may_be_missing
                a_200_of_another_form_is_never_accepted
                a_wait_is_as_long_as_the_account_says
                the_answer_to_others_confirms_nobody
                an_answer_that_is_cut_is_none
            }
            fields {
                those_of_the_account_are_listed
                each_takes_its_values_and_lets_them_go
                no_field_takes_what_it_is_not
                nothing_but_fields_of_the_account_is_sent
            }
            rows {
                one_and_as_many_as_go_are_taken
                one_too_many_is_refused_and_nothing_stored
                nobody_is_nothing
                in_another_order_each_answer_is_still_its_own
                a_bad_row_is_never_taken
                whoever_is_not_named_is_not_taken
                a_suppressed_address_is_told_and_not_made
                odd_addresses_arrive_as_they_are
                the_same_request_again_changes_nothing_more
                ids_find_people_whose_address_changed
                later_is_carried_out_in_the_end
            }
            lists {
                a_list_is_made_once_and_found_by_its_title
                no_second_list_of_a_title_is_made
                people_are_on_it_page_by_page
                a_list_that_is_gone_has_nobody
                before_and_after_agree_with_what_was_done
                further_lists_and_moves
                leaving_is_no_joining_and_makes_nobody
                where_bulk_calls_put_nobody_on_lists_single_calls_do
            }
            opt_outs {
                whoever_opted_out_stays_so
                exactly_those_are_told
                an_opt_out_that_the_account_undoes_is_seen
            }
        }
    })+ };
    (@of $stage:ty: $($topic:ident { $($check:ident)+ })+) => { $(mod $topic { $(
        #[tokio::test]
        async fn $check() {
            let trial = crate::contract::trial::Trial::of(<$stage>::start().await);
            crate::contract::$topic::$check(trial).await;
        }
    )+ })+ };
}

contract! {
    autopilot: crate::contract::sandboxed::Autopilot;
    ortto: crate::contract::sandboxed::Ortto;
    pigeon: crate::contract::third::Loft;
}
