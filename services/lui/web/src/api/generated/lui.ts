// Generated from openapi.json by `npm run client`. Never edited by hand.

export interface paths {
    "/api/v1/action-tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Action Tags
         * @description The caller's action tags and those of the caller's group, by name.
         */
        get: operations["list_action_tags_api_v1_action_tags_get"];
        put?: never;
        /**
         * Create Action Tag
         * @description A new named action.
         */
        post: operations["create_action_tag_api_v1_action_tags_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/action-tags/{tag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Action Tag
         * @description A named action.
         */
        get: operations["read_action_tag_api_v1_action_tags__tag_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change Action Tag
         * @description Rename it, archive it, or bring it back; what was counted stays.
         */
        patch: operations["change_action_tag_api_v1_action_tags__tag_id__patch"];
        trace?: never;
    };
    "/api/v1/dashboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Dashboard
         * @description The last four deliveries, thirty days of activity, a month's calendar, and what is due within a week.
         */
        get: operations["read_dashboard_api_v1_dashboard_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{delivery_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Delivery
         * @description Where a delivery stands.
         */
        get: operations["read_delivery_api_v1_deliveries__delivery_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{delivery_id}/envelopes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Envelopes
         * @description Who is in which state, and what the receiving servers said, in ordinal order.
         */
        get: operations["list_envelopes_api_v1_deliveries__delivery_id__envelopes_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{delivery_id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch Delivery
         * @description Server-sent events: the delivery now, then when it changed, once a second at most, and its final state last.
         */
        get: operations["watch_delivery_api_v1_deliveries__delivery_id__progress_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{delivery_id}/rehearsal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Rehearsal
         * @description How long it took, what could not be composed, what the built-in receiver answered, and some messages.
         */
        get: operations["show_rehearsal_api_v1_deliveries__delivery_id__rehearsal_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{delivery_id}/rehearsal/samples/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download Sample
         * @description A message exactly as the built-in receiver got it.
         */
        get: operations["download_sample_api_v1_deliveries__delivery_id__rehearsal_samples__number__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Jobs
         * @description The caller's jobs and those of the caller's group, newest first; `title` is a part of it.
         *
         *     `sent` leaves those that were delivered to their recipients, or those that were not.
         */
        get: operations["list_jobs_api_v1_jobs_get"];
        put?: never;
        /**
         * Create Job
         * @description A new, empty job.
         */
        post: operations["create_job_api_v1_jobs_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Job
         * @description A job with its workflow.
         */
        get: operations["read_job_api_v1_jobs__job_id__get"];
        put?: never;
        post?: never;
        /**
         * Delete Job
         * @description Forget a job for good; what it delivered stays on record.
         */
        delete: operations["delete_job_api_v1_jobs__job_id__delete"];
        options?: never;
        head?: never;
        /**
         * Change Job
         * @description Another title or prefix.
         */
        patch: operations["change_job_api_v1_jobs__job_id__patch"];
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/authorize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Authorize Job
         * @description Freeze the job and let it be sent. What the preflight finds is in the way unless `override` names it.
         *
         *     `If-Match` with the job's tag makes sure that it is what the caller saw.
         */
        post: operations["authorize_job_api_v1_jobs__job_id__authorize_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close Job
         * @description Give a failed job up.
         */
        post: operations["close_job_api_v1_jobs__job_id__close_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Content
         * @description What the message says, and what was found in it.
         */
        get: operations["read_content_api_v1_jobs__job_id__content_get"];
        /**
         * Write Content
         * @description Subject and parts, checked with the merge language that will send them.
         */
        put: operations["write_content_api_v1_jobs__job_id__content_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy Job
         * @description A new open job with the same steps, neither tested nor authorized.
         */
        post: operations["copy_job_api_v1_jobs__job_id__copy_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Files
         * @description The files of a job in the order in which they are sent.
         */
        get: operations["list_files_api_v1_jobs__job_id__files_get"];
        put?: never;
        /**
         * Add File
         * @description Attach a file, or give the HTML part a picture to show; changing files changes what was tested.
         */
        post: operations["add_file_api_v1_jobs__job_id__files_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/files/{file_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download File
         * @description The octets of a file.
         */
        get: operations["download_file_api_v1_jobs__job_id__files__file_id__get"];
        put?: never;
        post?: never;
        /**
         * Remove File
         * @description Take a file from the job.
         */
        delete: operations["remove_file_api_v1_jobs__job_id__files__file_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause Job
         * @description Send nothing more for now.
         */
        post: operations["pause_job_api_v1_jobs__job_id__pause_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/preflight": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preflight Job
         * @description What would be in the way if the job were authorized now: signatures and their records, sizes, policies.
         */
        get: operations["preflight_job_api_v1_jobs__job_id__preflight_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview
         * @description The message as one recipient would get it.
         */
        post: operations["preview_api_v1_jobs__job_id__preview_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/quick-reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Quick Reports
         * @description Ready questions about one job.
         */
        get: operations["list_quick_reports_api_v1_jobs__job_id__quick_reports_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/reaction-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Reaction Options
         * @description What can be asked about this job's recipients to choose those of another one, or why nothing can.
         */
        get: operations["read_reaction_options_api_v1_jobs__job_id__reaction_options_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/recipients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Recipients
         * @description How the audience was made, how many were accepted, and the first of them.
         */
        get: operations["read_recipients_api_v1_jobs__job_id__recipients_get"];
        /**
         * Define Recipients
         * @description Freeze an upload, or who reacted to an earlier job, as the job's audience; answers when it is complete.
         */
        put: operations["define_recipients_api_v1_jobs__job_id__recipients_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/recipients/{set_name}.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download Recipients
         * @description One of the three sets as CSV; cells a spreadsheet would run get an apostrophe in front unless `raw`.
         */
        get: operations["download_recipients_api_v1_jobs__job_id__recipients__set_name__csv_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/rehearsals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rehearse Job
         * @description Send the job to all its recipients through the same code, into a receiver of our own: nobody gets anything.
         */
        post: operations["rehearse_job_api_v1_jobs__job_id__rehearsals_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/rehearsals/{delivery_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop Rehearsal
         * @description End a rehearsal early; what it saw stays to be looked at.
         */
        post: operations["stop_rehearsal_api_v1_jobs__job_id__rehearsals__delivery_id__stop_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reopen Job
         * @description Edit a failed job again.
         */
        post: operations["reopen_job_api_v1_jobs__job_id__reopen_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Report
         * @description The sum of events over the job's live deliveries; tests and rehearsals never count.
         */
        get: operations["read_report_api_v1_jobs__job_id__report_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/report.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download Report
         * @description The same report as a table.
         */
        get: operations["download_report_api_v1_jobs__job_id__report_csv_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/report/bounces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Bounce Report
         * @description What came back of the job's live deliveries, by class; tests and rehearsals never count.
         */
        get: operations["read_bounce_report_api_v1_jobs__job_id__report_bounces_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/report/bounces.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download Bounces
         * @description Who it was, as a table: addresses only, or with reasons.
         */
        get: operations["download_bounces_api_v1_jobs__job_id__report_bounces_csv_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/report/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch Report
         * @description Server-sent events: opens and clicks now, then whenever they moved, once a second at most.
         */
        get: operations["watch_report_api_v1_jobs__job_id__report_live_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/report/over-time": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Report Over Time
         * @description Opens and clicks of the job's live deliveries, hour by hour, day by day, week by week or month by month.
         */
        get: operations["read_report_over_time_api_v1_jobs__job_id__report_over_time_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume Job
         * @description Go on after a pause.
         */
        post: operations["resume_job_api_v1_jobs__job_id__resume_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry Job
         * @description Try again what did not get through; nobody gets it twice.
         */
        post: operations["retry_job_api_v1_jobs__job_id__retry_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke Job
         * @description Back to open, while it waits.
         */
        post: operations["revoke_job_api_v1_jobs__job_id__revoke_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Schedule
         * @description When it is sent.
         */
        get: operations["read_schedule_api_v1_jobs__job_id__schedule_get"];
        /**
         * Set Schedule
         * @description At once when authorized, at a local time, or when triggered.
         */
        put: operations["set_schedule_api_v1_jobs__job_id__schedule_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/sender": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Sender
         * @description Who the message is from.
         */
        get: operations["read_sender_api_v1_jobs__job_id__sender_get"];
        /**
         * Set Sender
         * @description Who the message is from, and where replies and bounces go.
         */
        put: operations["set_sender_api_v1_jobs__job_id__sender_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/sequence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Sequence
         * @description The message sequence a job belongs to: what it follows, and what follows it.
         */
        get: operations["read_sequence_api_v1_jobs__job_id__sequence_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop Job
         * @description Send nothing more for good; the job fails when mailer has stopped.
         */
        post: operations["stop_job_api_v1_jobs__job_id__stop_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send Test
         * @description Send the message to test addresses, each with the merge data of one recipient.
         */
        post: operations["send_test_api_v1_jobs__job_id__tests_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/tests/{delivery_id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept Test
         * @description What the test shows may be sent.
         */
        post: operations["accept_test_api_v1_jobs__job_id__tests__delivery_id__accept_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/tests/{delivery_id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject Test
         * @description What the test shows may not be sent.
         */
        post: operations["reject_test_api_v1_jobs__job_id__tests__delivery_id__reject_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/tracking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Tracking
         * @description What was chosen, what was counted for it, and what to know about it.
         */
        get: operations["read_tracking_api_v1_jobs__job_id__tracking_get"];
        /**
         * Choose Tracking
         * @description What is recorded of the recipients' reactions.
         */
        put: operations["choose_tracking_api_v1_jobs__job_id__tracking_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/tracking/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Options
         * @description Which levels and columns this job can choose from, and why not the others.
         */
        get: operations["read_options_api_v1_jobs__job_id__tracking_options_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/tracking/profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count Profiles
         * @description How many profiles a choice of columns would make, and how many recipients consented; nothing is kept.
         */
        post: operations["count_profiles_api_v1_jobs__job_id__tracking_profiles_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/trigger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Trigger Job
         * @description Send a job that waits for this.
         */
        post: operations["trigger_job_api_v1_jobs__job_id__trigger_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare Jobs
         * @description Chosen jobs side by side.
         */
        get: operations["compare_jobs_api_v1_jobs_compare_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reaction-count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count By Reaction
         * @description How many recipients of an earlier job fit a condition at the moment; nothing is kept.
         */
        post: operations["count_by_reaction_api_v1_reaction_count_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/report-folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Folders
         * @description The caller's folders and those shared with the caller's group, by name.
         */
        get: operations["list_folders_api_v1_report_folders_get"];
        put?: never;
        /**
         * Make Folder
         * @description A new folder.
         */
        post: operations["make_folder_api_v1_report_folders_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/report-folders/{folder_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete Folder
         * @description Forget a folder; its reports fall back to none.
         */
        delete: operations["delete_folder_api_v1_report_folders__folder_id__delete"];
        options?: never;
        head?: never;
        /**
         * Change Folder
         * @description Another name or sharing.
         */
        patch: operations["change_folder_api_v1_report_folders__folder_id__patch"];
        trace?: never;
    };
    "/api/v1/report-mails/{mail_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete Report Mail
         * @description Mail it no more.
         */
        delete: operations["delete_report_mail_api_v1_report_mails__mail_id__delete"];
        options?: never;
        head?: never;
        /**
         * Change Report Mail
         * @description Change addresses, times or files, pause it, or let it go on.
         */
        patch: operations["change_report_mail_api_v1_report_mails__mail_id__patch"];
        trace?: never;
    };
    "/api/v1/report-mails/{mail_id}/send-now": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send Report Mail Now
         * @description Send it within seconds, beside its schedule and also while it is paused.
         */
        post: operations["send_report_mail_now_api_v1_report_mails__mail_id__send_now_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/report-snapshots/{snapshot_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Kept
         * @description The very same numbers as when it was kept.
         */
        get: operations["read_kept_api_v1_report_snapshots__snapshot_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/report-snapshots/{snapshot_id}.{wanted}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download Kept
         * @description A kept result as a file.
         */
        get: operations["download_kept_api_v1_report_snapshots__snapshot_id___wanted__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Reports
         * @description The caller's reports and those shared with the caller's group, newest first.
         *
         *     `folder_id` is a folder's, or `none` for reports in no folder; `search` is a part of the title.
         */
        get: operations["list_reports_api_v1_reports_get"];
        put?: never;
        /**
         * Save Report
         * @description Keep a question.
         */
        post: operations["save_report_api_v1_reports_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{report_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Report
         * @description A saved report.
         */
        get: operations["read_report_api_v1_reports__report_id__get"];
        put?: never;
        post?: never;
        /**
         * Delete Report
         * @description Forget a report; its kept results stay.
         */
        delete: operations["delete_report_api_v1_reports__report_id__delete"];
        options?: never;
        head?: never;
        /**
         * Change Report
         * @description Another title, question, folder or sharing.
         */
        patch: operations["change_report_api_v1_reports__report_id__patch"];
        trace?: never;
    };
    "/api/v1/reports/{report_id}/copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy Report
         * @description The same question once more, the caller's own.
         */
        post: operations["copy_report_api_v1_reports__report_id__copy_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{report_id}/mails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Report Mails
         * @description To whom a report is mailed, when, and how it went last.
         */
        get: operations["list_report_mails_api_v1_reports__report_id__mails_get"];
        put?: never;
        /**
         * Create Report Mail
         * @description Mail a report from now on; it is computed in its owner's name at that moment.
         */
        post: operations["create_report_mail_api_v1_reports__report_id__mails_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{report_id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Result
         * @description What a saved report says now.
         */
        get: operations["read_result_api_v1_reports__report_id__result_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{report_id}/result.{wanted}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download Result
         * @description The same as a file, with every row.
         */
        get: operations["download_result_api_v1_reports__report_id__result__wanted__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{report_id}/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Kept
         * @description The kept results of a report, newest first.
         */
        get: operations["list_kept_api_v1_reports__report_id__snapshots_get"];
        put?: never;
        /**
         * Keep Result
         * @description Keep what the report says now, for ever.
         */
        post: operations["keep_result_api_v1_reports__report_id__snapshots_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/possibilities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Possibilities
         * @description What can be asked of these jobs, and why the rest cannot.
         */
        get: operations["read_possibilities_api_v1_reports_possibilities_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Query Report
         * @description The answer to a question; nothing is saved. `limit` and `after` page through recipients and details.
         */
        post: operations["query_report_api_v1_reports_query_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/query.{wanted}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Download Query
         * @description The same as a file, with every row.
         */
        post: operations["download_query_api_v1_reports_query__wanted__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Session
         * @description Who is signed in and what they may do.
         */
        get: operations["read_session_api_v1_session_get"];
        put?: never;
        /**
         * Sign In
         * @description Begin a session; it travels in a cookie that scripts cannot read.
         */
        post: operations["sign_in_api_v1_session_post"];
        /**
         * Sign Out
         * @description End the session, if there is one.
         */
        delete: operations["sign_out_api_v1_session_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/statistics/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Delivery Statistics
         * @description How the deliveries of a period went.
         */
        get: operations["read_delivery_statistics_api_v1_statistics_deliveries_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/statistics/tracking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Tracking Statistics
         * @description What jobs that were delivered in a period came to; the mean is of the jobs' rates.
         */
        get: operations["read_tracking_statistics_api_v1_statistics_tracking_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload File
         * @description Take in a text file with recipients; the answer says how it seems to be written.
         */
        post: operations["upload_file_api_v1_uploads_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/{upload_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Upload
         * @description How the file begins with other settings than the detected ones; an empty quote means none.
         */
        get: operations["read_upload_api_v1_uploads__upload_id__get"];
        put?: never;
        post?: never;
        /**
         * Delete Upload
         * @description Forget a file; audiences made of it stay.
         */
        delete: operations["delete_upload_api_v1_uploads__upload_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live
         * @description The process turns.
         */
        get: operations["live_health_live_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ready
         * @description Everything needed to do work is there; else 503 and the reasons.
         */
        get: operations["ready_health_ready_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/v1/deliveries/{delivery_id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Content
         * @description The frozen content document; `document_digest` of it is the `content_digest` of the request for delivery.
         */
        get: operations["read_content_internal_v1_deliveries__delivery_id__content_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/v1/deliveries/{delivery_id}/recipients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Recipients
         * @description A page of the frozen recipients after an ordinal, in ordinal order; ordinals start at 1 and have no gaps.
         */
        get: operations["list_recipients_internal_v1_deliveries__delivery_id__recipients_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/v1/files/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read File
         * @description The octets that have this SHA-256.
         */
        get: operations["read_file_internal_v1_files__sha256__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/v1/notices/{notice_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Notice
         * @description What a notice says, and to whom.
         */
        get: operations["read_notice_internal_v1_notices__notice_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AccountOut
         * @description Who is signed in.
         */
        AccountOut: {
            /** Id */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * Action
         * @description What an account can do with a whole job.
         * @enum {string}
         */
        Action: "edit" | "test" | "rehearse" | "authorize" | "revoke" | "trigger" | "pause" | "resume" | "stop" | "retry" | "reopen" | "close" | "copy" | "delete";
        /**
         * ActionsIn
         * @description How long a visit counts as a reaction; 0: until the browser is closed.
         */
        ActionsIn: {
            /**
             * Cookie Days
             * @default 30
             */
            cookie_days: number;
        };
        /**
         * ActionsOut
         * @description Action tracking as it was switched on.
         */
        ActionsOut: {
            /** Cookie Days */
            cookie_days: number;
        };
        /**
         * ActionTagIn
         * @description A new action tag.
         */
        ActionTagIn: {
            /** Name */
            name: string;
        };
        /**
         * ActionTagOut
         * @description A named action, and what to put on the page where it happens.
         */
        ActionTagOut: {
            /** Archived */
            archived: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Etag */
            etag: string;
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Number */
            number: number;
            /** Pixel Url */
            pixel_url: string;
            /** Snippet */
            snippet: string;
            /** Snippet With Consent */
            snippet_with_consent: string;
        };
        /**
         * ActionTagPatch
         * @description What is given is changed.
         */
        ActionTagPatch: {
            /** Archived */
            archived?: boolean | null;
            /** Name */
            name?: string | null;
        };
        /**
         * ActivityOut
         * @description Thirty days, the last one today.
         */
        ActivityOut: {
            /** Points */
            points: components["schemas"]["ActivityPointOut"][];
            /** Time Zone */
            time_zone: string;
        };
        /**
         * ActivityPointOut
         * @description One day; opens and clicks are null when they may not be seen or cannot be had.
         */
        ActivityPointOut: {
            /** Clicks */
            clicks: number | null;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Opens */
            opens: number | null;
            /** Sent */
            sent: number;
        };
        /**
         * AllOf
         * @description Everything that is listed.
         */
        "AllOf-Input": {
            /** All */
            all: (components["schemas"]["AllOf-Input"] | components["schemas"]["AnyOf-Input"] | components["schemas"]["Question"])[];
        };
        /**
         * AllOf
         * @description Everything that is listed.
         */
        "AllOf-Output": {
            /** All */
            all: (components["schemas"]["AllOf-Output"] | components["schemas"]["AnyOf-Output"] | components["schemas"]["Question"])[];
        };
        /**
         * AnswersIn
         * @description Shares of the envelopes that the built-in receiver answers like this; what is left is accepted.
         */
        AnswersIn: {
            /** Accept */
            accept?: number | null;
            /**
             * Drop After Dot
             * @default 0
             */
            drop_after_dot: number;
            /**
             * Greylist
             * @default 0
             */
            greylist: number;
            /**
             * Refuse
             * @default 0
             */
            refuse: number;
            /**
             * Slow
             * @default 0
             */
            slow: number;
            /**
             * Slow Seconds
             * @default 1
             */
            slow_seconds: number;
        };
        /**
         * AnyOf
         * @description At least one thing that is listed.
         */
        "AnyOf-Input": {
            /** Any */
            any: (components["schemas"]["AllOf-Input"] | components["schemas"]["AnyOf-Input"] | components["schemas"]["Question"])[];
        };
        /**
         * AnyOf
         * @description At least one thing that is listed.
         */
        "AnyOf-Output": {
            /** Any */
            any: (components["schemas"]["AllOf-Output"] | components["schemas"]["AnyOf-Output"] | components["schemas"]["Question"])[];
        };
        /**
         * AskableLinkOut
         * @description Links of a job that go by one label.
         */
        AskableLinkOut: {
            /** Label */
            label: string;
            /** Parts */
            parts: ("html" | "text")[];
            /** Urls */
            urls: string[];
        };
        /**
         * AuthorizationOut
         * @description Who gave the word; `digest` binds content, audience, sender, tracking and schedule (SHA-256, hex).
         */
        AuthorizationOut: {
            /**
             * Authorized At
             * Format: date-time
             */
            authorized_at: string;
            authorized_by: components["schemas"]["lui__jobs__schemas__OwnerOut"];
            /** Digest */
            digest: string;
            /** Notify */
            notify: string[];
            /** Overridden */
            overridden: components["schemas"]["OverriddenOut"][];
        };
        /**
         * AuthorizeIn
         * @description Who is told when the job was delivered or failed, and which problems of the preflight are overridden.
         */
        AuthorizeIn: {
            /**
             * Notify
             * @default []
             */
            notify: string[];
            /**
             * Override
             * @default []
             */
            override: string[];
        };
        /**
         * AutomaticBounces
         * @description mailer receives and classifies what comes back.
         */
        AutomaticBounces: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            mode: "automatic";
        };
        /**
         * BlockingOut
         * @description A reason not to send; `can_override`: its code may stand in `override`.
         */
        BlockingOut: {
            /** Can Override */
            can_override: boolean;
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /** Body_add_file_api_v1_jobs__job_id__files_post */
        Body_add_file_api_v1_jobs__job_id__files_post: {
            /** File */
            file: string;
            /**
             * Is Inline
             * @default false
             */
            is_inline: boolean;
        };
        /**
         * BounceClass
         * @description Why a message was not taken or came back.
         * @enum {string}
         */
        BounceClass: "unknown_mailbox" | "unknown_domain" | "mailbox_disabled" | "mailbox_full" | "message_too_large" | "content_refused" | "policy" | "greylisted" | "rate_limited" | "network" | "protocol" | "address_syntax" | "unclassified";
        /**
         * BounceGroupOut
         * @description Messages that came back for one reason; `share` is their part of all that came back, from 0 to 1.
         */
        BounceGroupOut: {
            class: components["schemas"]["BounceClass"];
            /** Count */
            count: number;
            /** Permanent */
            permanent: boolean;
            /** Share */
            share: number;
        };
        /**
         * BounceReportOut
         * @description What came back of a job's live deliveries, the most frequent reason first.
         */
        BounceReportOut: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** By Class */
            by_class: components["schemas"]["BounceGroupOut"][];
            /** Complaints */
            complaints: number;
            /** Permanent */
            permanent: number;
            /** Total */
            total: number;
        };
        /**
         * BouncesOut
         * @description Messages that were sent and came back.
         */
        BouncesOut: {
            /** By Class */
            by_class: {
                [key: string]: number;
            };
            /** Complaints */
            complaints: number;
            /** Permanent */
            permanent: number;
            /** Temporary */
            temporary: number;
            /** Total */
            total: number;
        };
        /**
         * BouncesTo
         * @description What comes back goes to a mailbox of the author's own.
         */
        BouncesTo: {
            /** Address */
            address: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            mode: "address";
        };
        /**
         * CalendarDayOut
         * @description A day on which something was, is or will be sent.
         */
        CalendarDayOut: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Jobs */
            jobs: components["schemas"]["CalendarJobOut"][];
        };
        /**
         * CalendarJobOut
         * @description A job on a day.
         */
        CalendarJobOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "delivered" | "running" | "scheduled";
            /** Title */
            title: string;
        };
        /**
         * CampaignIn
         * @description `utm_` parameters, the same for everybody; what is empty is not sent.
         */
        CampaignIn: {
            /** Campaign */
            campaign?: string | null;
            /** Content */
            content?: string | null;
            /** Medium */
            medium?: string | null;
            /** Source */
            source?: string | null;
            /** Term */
            term?: string | null;
        };
        /**
         * CampaignOut
         * @description The campaign parameters chosen.
         */
        CampaignOut: {
            /** Campaign */
            campaign: string | null;
            /** Content */
            content: string | null;
            /** Medium */
            medium: string | null;
            /** Source */
            source: string | null;
            /** Term */
            term: string | null;
        };
        /**
         * Clicks
         * @description Which links are rewritten to the tracker.
         * @enum {string}
         */
        Clicks: "all" | "none" | "chosen";
        /**
         * ClicksOut
         * @description Followed links, by the part they stood in; `unique` is null at the levels that cannot know it.
         */
        ClicksOut: {
            /** Any */
            any: number;
            /** Html */
            html: number;
            /** Text */
            text: number;
            /** Unique */
            unique: number | null;
        };
        /**
         * ColumnOut
         * @description A column of the table: `key` is stable, `title` is for people.
         */
        ColumnOut: {
            /** Key */
            key: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "text" | "count" | "instant";
            /** Title */
            title: string;
        };
        /**
         * ContentIn
         * @description Subject and one or both parts, all in the merge language.
         */
        ContentIn: {
            /**
             * Charset
             * @default utf-8
             * @enum {string}
             */
            charset: "us-ascii" | "iso-8859-1" | "iso-8859-2" | "iso-8859-3" | "iso-8859-4" | "iso-8859-5" | "iso-8859-6" | "iso-8859-7" | "iso-8859-8" | "iso-8859-9" | "iso-8859-15" | "utf-8" | "gb2312" | "big5" | "iso-2022-jp" | "iso-2022-kr" | "auto";
            /** Files */
            files?: components["schemas"]["FileOrder"][] | null;
            /** Html */
            html?: string | null;
            /** Subject */
            subject: string;
            /** Text */
            text?: string | null;
        };
        /**
         * CopyIn
         * @description The copy's title; the original's when not given.
         */
        CopyIn: {
            /** Title */
            title?: string | null;
        };
        /**
         * CountsOut
         * @description Rows of the source by what became of them.
         */
        CountsOut: {
            /** Accepted */
            accepted: number;
            /** Duplicates */
            duplicates: number;
            /** Rejected */
            rejected: number;
        };
        /**
         * DashboardOut
         * @description Everything of the first page.
         */
        DashboardOut: {
            activity: components["schemas"]["ActivityOut"];
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Calendar */
            calendar: components["schemas"]["CalendarDayOut"][];
            /** Jobs Total */
            jobs_total: number;
            /** Last Deliveries */
            last_deliveries: components["schemas"]["LastDeliveryOut"][];
            /** Month */
            month: string;
            /** Notes */
            notes: string[];
            /** Upcoming */
            upcoming: components["schemas"]["UpcomingOut"][];
        };
        /**
         * DeliveryCountedOut
         * @description Over how many jobs each mean was taken.
         */
        DeliveryCountedOut: {
            /** Bounced Of Taken */
            bounced_of_taken: number;
            /** Complained Of Taken */
            complained_of_taken: number;
            /** Refused Of Recipients */
            refused_of_recipients: number;
            /** Unbounced Of Recipients */
            unbounced_of_recipients: number;
        };
        /**
         * DeliveryCounts
         * @description Envelopes by state; they sum to the delivery's total.
         */
        DeliveryCounts: {
            /** Bounced */
            bounced: number;
            /** Cancelled */
            cancelled: number;
            /** Complained */
            complained: number;
            /** Deferred */
            deferred: number;
            /** Expired */
            expired: number;
            /** In Doubt */
            in_doubt: number;
            /** Queued */
            queued: number;
            /** Refused */
            refused: number;
            /** Sending */
            sending: number;
            /** Sent */
            sent: number;
            /** Suppressed */
            suppressed: number;
        };
        /**
         * DeliveryKind
         * @description Why a delivery is sent; only live ones count in reports.
         * @enum {string}
         */
        DeliveryKind: "live" | "test" | "rehearsal";
        /**
         * DeliveryOut
         * @description Where a delivery stands.
         */
        DeliveryOut: {
            /** Clicks */
            clicks: number;
            counts: components["schemas"]["DeliveryCounts"];
            /** Expected End */
            expected_end: string | null;
            /** Finished At */
            finished_at: string | null;
            /** Id */
            id: string;
            /** Job Id */
            job_id: string;
            kind: components["schemas"]["DeliveryKind"];
            /**
             * Not Before
             * Format: date-time
             */
            not_before: string;
            /** Opens */
            opens: number;
            /** Rate Per Second */
            rate_per_second: number;
            /** Reason */
            reason: string | null;
            /** Started At */
            started_at: string | null;
            state: components["schemas"]["DeliveryState"];
            /** Total */
            total: number;
            /** Waiting For */
            waiting_for: string | null;
        };
        /**
         * DeliveryRatesOut
         * @description Shares of a job's recipients.
         */
        DeliveryRatesOut: {
            /** Bounced Of Taken */
            bounced_of_taken: number | null;
            /** Complained Of Taken */
            complained_of_taken: number | null;
            /** Refused Of Recipients */
            refused_of_recipients: number | null;
            /** Unbounced Of Recipients */
            unbounced_of_recipients: number | null;
        };
        /**
         * DeliveryRowOut
         * @description How one job's live deliveries went.
         */
        DeliveryRowOut: {
            /** Bounced */
            bounced: number;
            /** Cancelled */
            cancelled: number;
            /** Complained */
            complained: number;
            /**
             * Delivered At
             * Format: date-time
             */
            delivered_at: string;
            /** Deliveries */
            deliveries: number;
            /** Expired */
            expired: number;
            /** In Doubt */
            in_doubt: number;
            job: components["schemas"]["StatisticsJobOut"];
            rates: components["schemas"]["DeliveryRatesOut"];
            /** Recipients */
            recipients: number;
            /** Refused */
            refused: number;
            /** Seconds */
            seconds: number | null;
            /** Suppressed */
            suppressed: number;
            /** Taken */
            taken: number;
            /** Unbounced */
            unbounced: number;
            /** Waiting */
            waiting: number;
        };
        /**
         * DeliveryState
         * @description Where one occurrence of sending a job stands.
         * @enum {string}
         */
        DeliveryState: "preparing" | "running" | "paused" | "finished" | "failed" | "cancelled";
        /**
         * DeliveryStatisticsOut
         * @description Delivery statistics: `mean` is the mean of the jobs' rates, `pooled` divides the sums.
         */
        DeliveryStatisticsOut: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            counted: components["schemas"]["DeliveryCountedOut"];
            mean: components["schemas"]["DeliveryRatesOut"];
            /** Notes */
            notes: string[];
            pooled: components["schemas"]["DeliveryRatesOut"];
            /** Rows */
            rows: components["schemas"]["DeliveryRowOut"][];
        };
        /**
         * Did
         * @description What a recipient did with the message, or did not.
         * @enum {string}
         */
        Did: "opened" | "not_opened" | "clicked" | "not_clicked" | "bounced" | "not_bounced" | "acted";
        /**
         * DuplicatesBy
         * @description What makes two rows the same recipient.
         * @enum {string}
         */
        DuplicatesBy: "none" | "address" | "columns";
        /**
         * DuplicatesIn
         * @description What makes two rows the same recipient; the first one is kept.
         */
        DuplicatesIn: {
            by: components["schemas"]["DuplicatesBy"];
            /** Columns */
            columns?: string[] | null;
        };
        /**
         * DuplicatesOut
         * @description What makes two rows the same recipient.
         */
        DuplicatesOut: {
            by: components["schemas"]["DuplicatesBy"];
            /** Columns */
            columns: string[] | null;
        };
        /**
         * EnvelopeOut
         * @description One recipient's message and what the receiving server last said about it.
         */
        EnvelopeOut: {
            /** Address */
            address: string;
            /** Attempts */
            attempts: number;
            /** Class */
            class: string | null;
            /** Enhanced Code */
            enhanced_code: string | null;
            /** Next Attempt At */
            next_attempt_at: string | null;
            /** Ordinal */
            ordinal: number;
            /** Reply Code */
            reply_code: number | null;
            state: components["schemas"]["EnvelopeState"];
            /** Text */
            text: string | null;
        };
        /**
         * EnvelopesOut
         * @description A page of envelopes in ordinal order.
         */
        EnvelopesOut: {
            /** Items */
            items: components["schemas"]["EnvelopeOut"][];
            /** Next */
            next: string | null;
        };
        /**
         * EnvelopeState
         * @description Where one message to one recipient stands; `envelopes/rules.py` of mailer has the permitted moves.
         * @enum {string}
         */
        EnvelopeState: "queued" | "sending" | "deferred" | "in_doubt" | "sent" | "refused" | "suppressed" | "expired" | "cancelled" | "bounced" | "complained";
        /**
         * FileOrder
         * @description A file in its place, and whether the HTML part shows it.
         */
        FileOrder: {
            /** Id */
            id: string;
            /** Is Inline */
            is_inline: boolean;
        };
        /**
         * FileOut
         * @description A file of a job.
         */
        FileOut: {
            /** Content Id */
            content_id: string;
            /** Content Type */
            content_type: string;
            /** File Name */
            file_name: string;
            /** Id */
            id: string;
            /** Is Inline */
            is_inline: boolean;
            /** Sha256 */
            sha256: string;
            /** Size */
            size: number;
        };
        /**
         * FolderIn
         * @description A folder to be made.
         */
        FolderIn: {
            /** Name */
            name: string;
            /**
             * Sharing
             * @default private
             * @enum {string}
             */
            sharing: "private" | "group" | "group_edit";
        };
        /**
         * FolderOut
         * @description A folder of reports.
         */
        FolderOut: {
            /** Id */
            id: string;
            /** May Edit */
            may_edit: boolean;
            /** Mine */
            mine: boolean;
            /** Name */
            name: string;
            owner: components["schemas"]["lui__reports__schemas__library__OwnerOut"];
            /** Revision */
            revision: number;
            /**
             * Sharing
             * @enum {string}
             */
            sharing: "private" | "group" | "group_edit";
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * FolderPatch
         * @description What is to change of a folder.
         */
        FolderPatch: {
            /** Name */
            name?: string | null;
            /** Sharing */
            sharing?: ("private" | "group" | "group_edit") | null;
        };
        /**
         * GroupOut
         * @description The group the account works in.
         */
        GroupOut: {
            /** Id */
            id: string;
            /** Name */
            name: string | null;
        };
        /**
         * JobDeliveryOut
         * @description A delivery of the job; `verdict` is the tester's word on a test.
         */
        JobDeliveryOut: {
            capped_from: components["schemas"]["TrackingLevel"] | null;
            /** Id */
            id: string;
            kind: components["schemas"]["DeliveryKind"];
            /**
             * Requested At
             * Format: date-time
             */
            requested_at: string;
            state: components["schemas"]["DeliveryState"];
            /** Total */
            total: number;
            /** Verdict */
            verdict: ("accepted" | "rejected") | null;
        };
        /**
         * JobGroupOut
         * @description Jobs whose recipients have the same columns: their details fit one table.
         */
        JobGroupOut: {
            /** Columns */
            columns: string[];
            /** Job Ids */
            job_ids: string[];
            level: components["schemas"]["TrackingLevel"];
        };
        /**
         * JobIn
         * @description A new job.
         */
        JobIn: {
            /** Prefix */
            prefix?: string | null;
            /** Title */
            title: string;
        };
        /**
         * JobOut
         * @description A job with its workflow.
         */
        JobOut: {
            /** Allowed Actions */
            allowed_actions: components["schemas"]["Action"][];
            authorization: components["schemas"]["AuthorizationOut"] | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Deliveries */
            deliveries: components["schemas"]["JobDeliveryOut"][];
            /** Due At */
            due_at: string | null;
            /** Etag */
            etag: string;
            /** Group Id */
            group_id: string | null;
            /** Id */
            id: string;
            owner: components["schemas"]["lui__jobs__schemas__OwnerOut"];
            /** Prefix */
            prefix: string | null;
            /** Reference */
            reference: string;
            stage: components["schemas"]["Stage"];
            /** Stage Reason */
            stage_reason: string | null;
            steps: components["schemas"]["StepsOut"];
            /** Stopping */
            stopping: boolean;
            /** System Id */
            system_id: string;
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * JobPatch
         * @description What is given is changed; a prefix of null is taken away.
         */
        JobPatch: {
            /** Prefix */
            prefix?: string | null;
            /** Title */
            title?: string | null;
        };
        /**
         * JobSummaryOut
         * @description A job in a list.
         */
        JobSummaryOut: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Due At */
            due_at: string | null;
            /** Group Id */
            group_id: string | null;
            /** Id */
            id: string;
            owner: components["schemas"]["lui__jobs__schemas__OwnerOut"];
            /** Prefix */
            prefix: string | null;
            /** Reference */
            reference: string;
            stage: components["schemas"]["Stage"];
            /** Stage Reason */
            stage_reason: string | null;
            /** System Id */
            system_id: string;
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * LastDeliveryOut
         * @description One of the last deliveries; its numbers are null when they may not be seen or cannot be had.
         */
        LastDeliveryOut: {
            /** Delivery Id */
            delivery_id: string;
            job: components["schemas"]["StatisticsJobOut"];
            numbers: components["schemas"]["TrackingRowOut"] | null;
            /** Recipients */
            recipients: number;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            state: components["schemas"]["DeliveryState"];
        };
        /**
         * LastMailOut
         * @description The last time it was due, or sent because somebody asked.
         */
        LastMailOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
            /** Problem */
            problem: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "sending" | "sent" | "partly" | "failed";
        };
        /**
         * LevelOut
         * @description A level with what it keeps from being known, and whether this job may have it.
         */
        LevelOut: {
            /** Allowed */
            allowed: boolean;
            level: components["schemas"]["TrackingLevel"];
            /** Limits */
            limits: string[];
            /** Reason */
            reason: string | null;
        };
        /**
         * Link
         * @description A link of the content that can be tracked.
         */
        Link: {
            /** Alias */
            alias: string | null;
            /** Id */
            id: string;
            /**
             * Part
             * @enum {string}
             */
            part: "html" | "text";
            /** Personal */
            personal: boolean;
            /** Url */
            url: string;
        };
        /**
         * LinkChoiceOut
         * @description A link that can be asked for by its label; links with the same alias are one.
         */
        LinkChoiceOut: {
            /** Is Alias */
            is_alias: boolean;
            /** Jobs */
            jobs: number;
            /** Label */
            label: string;
            /** Urls */
            urls: string[];
        };
        /**
         * LinkRow
         * @description Clicks on one link of the content.
         */
        LinkRow: {
            /** Alias */
            alias: string | null;
            /** Link Id */
            link_id: string;
            /**
             * Part
             * @enum {string}
             */
            part: "html" | "text";
            /** Total */
            total: number;
            /** Unique */
            unique: number | null;
            /** Url */
            url: string;
        };
        /**
         * LiveOut
         * @description Where the counters of a job's live deliveries stand.
         */
        LiveOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Clicks */
            clicks: number;
            /** Opens */
            opens: number;
        };
        /**
         * ContentOut
         * @description The frozen content document; its digest stands in `lui.delivery.requested.v1`.
         */
        lui__deliveries__schemas__ContentOut: {
            /** Address Column */
            address_column: string;
            /** Columns */
            columns: string[];
            /** Delivery Id */
            delivery_id: string;
            /** Delivery Number */
            delivery_number: number;
            /** Html */
            html: string | null;
            kind: components["schemas"]["DeliveryKind"];
            /** List Id */
            list_id: string;
            /** Name Column */
            name_column: string | null;
            /**
             * Reference Time
             * Format: date-time
             */
            reference_time: string;
            sender: components["schemas"]["lui__deliveries__schemas__SenderOut"];
            /** Subject */
            subject: string;
            /** Subject Mark */
            subject_mark: string;
            /** Text */
            text: string | null;
            tracking: components["schemas"]["TrackingPlanV1"];
            /**
             * Usage
             * @enum {string}
             */
            usage: "merge" | "bulk";
        };
        /**
         * RecipientsOut
         * @description A page of recipients in ordinal order: `[ordinal, address, [value per column]]`.
         */
        lui__deliveries__schemas__RecipientsOut: {
            /** Items */
            items: [
                number,
                string,
                string[]
            ][];
            /** Next */
            next: number | null;
        };
        /**
         * SenderOut
         * @description Who a message says it is from, and where what comes back goes.
         */
        lui__deliveries__schemas__SenderOut: {
            /** Address */
            address: string;
            /** Bounces */
            bounces: {
                [key: string]: string;
            };
            /** Name */
            name: string | null;
            /** Reply To */
            reply_to: string | null;
        };
        /**
         * ContentOut
         * @description The content step.
         */
        lui__jobs__schemas__ContentOut: {
            /**
             * Charset
             * @enum {string}
             */
            charset: "us-ascii" | "iso-8859-1" | "iso-8859-2" | "iso-8859-3" | "iso-8859-4" | "iso-8859-5" | "iso-8859-6" | "iso-8859-7" | "iso-8859-8" | "iso-8859-9" | "iso-8859-15" | "utf-8" | "gb2312" | "big5" | "iso-2022-jp" | "iso-2022-kr" | "auto";
            /** Files */
            files: components["schemas"]["FileOut"][];
            /** Html */
            html: string | null;
            /** Links */
            links: components["schemas"]["Link"][];
            /** Merge Fields */
            merge_fields: components["schemas"]["MergeFieldOut"][];
            /** Subject */
            subject: string;
            /** Text */
            text: string | null;
            /** Text Alternative */
            text_alternative: string | null;
            /** Warnings */
            warnings: components["schemas"]["WarningOut"][];
        };
        /**
         * OwnerOut
         * @description Whose job it is.
         */
        lui__jobs__schemas__OwnerOut: {
            /** Id */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * RecipientsOut
         * @description The recipients step.
         */
        lui__jobs__schemas__RecipientsOut: {
            /** Address Column */
            address_column: string;
            /** Columns */
            columns: string[];
            counts: components["schemas"]["CountsOut"];
            duplicates: components["schemas"]["DuplicatesOut"];
            /** Name Column */
            name_column: string | null;
            /** Recipients */
            recipients: components["schemas"]["RecipientOut"][];
            /** Sample */
            sample: string[][];
            /** Source */
            source: components["schemas"]["SourceOut"] | components["schemas"]["ReactionSourceOut"];
            usage: components["schemas"]["Usage"];
            /** Warnings */
            warnings: string[];
        };
        /**
         * SenderOut
         * @description The sender step.
         */
        lui__jobs__schemas__SenderOut: {
            /** Address */
            address: string;
            /** Bounces */
            bounces: components["schemas"]["AutomaticBounces"] | components["schemas"]["BouncesTo"];
            /** Name */
            name: string | null;
            /** Reply To */
            reply_to: string | null;
        };
        /**
         * CountedOut
         * @description What was counted of the recipients; `consenting` is null where no column says.
         */
        lui__jobs__tracking__CountedOut: {
            /** Consenting */
            consenting: number | null;
            /** Merged People */
            merged_people: number;
            /** Merged Profiles */
            merged_profiles: number;
            /** People */
            people: number;
            /** Profiles */
            profiles: number;
            /** Smallest */
            smallest: number | null;
        };
        /**
         * OwnerOut
         * @description Whose it is.
         */
        lui__reports__schemas__library__OwnerOut: {
            /** Id */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * CountedOut
         * @description Over how many jobs each mean was taken.
         */
        lui__statistics__schemas__CountedOut: {
            /** Clicked Of Opened */
            clicked_of_opened: number;
            /** Clicked Of Unbounced */
            clicked_of_unbounced: number;
            /** Opened Of Unbounced */
            opened_of_unbounced: number;
            /** Unsubscribed Of Unbounced */
            unsubscribed_of_unbounced: number;
        };
        /**
         * MergeFieldOut
         * @description A merge field and where it is used.
         */
        MergeFieldOut: {
            /** Name */
            name: string;
            /** Part */
            part: string;
        };
        /**
         * NoticeFileOut
         * @description A file of a notice; its octets come by their digest.
         */
        NoticeFileOut: {
            /** Content Id */
            content_id: string | null;
            /** Content Type */
            content_type: string;
            /** File Name */
            file_name: string;
            /** Sha256 */
            sha256: string;
            /** Size */
            size: number;
        };
        /**
         * NoticeOut
         * @description What a notice says, and to whom; the digest in the fact is over exactly this document.
         */
        NoticeOut: {
            /** Addresses */
            addresses: string[];
            /** Files */
            files: components["schemas"]["NoticeFileOut"][];
            /** Html */
            html: string | null;
            /** Subject */
            subject: string;
            /** Text */
            text: string;
        };
        /**
         * OpensOut
         * @description Loads of the pixel; `unique` is null at the levels that cannot know it.
         */
        OpensOut: {
            /** Total */
            total: number;
            /** Unique */
            unique: number | null;
        };
        /**
         * OptionsOut
         * @description What can be chosen for this job.
         */
        OptionsOut: {
            /** Actions Allowed */
            actions_allowed: boolean;
            /** Actions Reason */
            actions_reason: string | null;
            /** Columns */
            columns: string[];
            /** Levels */
            levels: components["schemas"]["LevelOut"][];
            /** Max Profile Columns */
            max_profile_columns: number;
            /** Max Profiles */
            max_profiles: number;
            /** Profile Columns */
            profile_columns: string[];
            /** Smallest Profile */
            smallest_profile: number;
            /** Suggested Consent Column */
            suggested_consent_column: string | null;
        };
        /**
         * OverriddenOut
         * @description A problem that was there when the job was authorized, and taken on by who authorized it.
         */
        OverriddenOut: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /**
         * OverTimeOut
         * @description Lines over the same intervals.
         */
        OverTimeOut: {
            /** Notes */
            notes: string[];
            /** Series */
            series: components["schemas"]["SeriesOut"][];
        };
        /** Page[ActionTagOut] */
        Page_ActionTagOut_: {
            /** Items */
            items: components["schemas"]["ActionTagOut"][];
            /** Next */
            next: string | null;
        };
        /** Page[FileOut] */
        Page_FileOut_: {
            /** Items */
            items: components["schemas"]["FileOut"][];
            /** Next */
            next: string | null;
        };
        /** Page[FolderOut] */
        Page_FolderOut_: {
            /** Items */
            items: components["schemas"]["FolderOut"][];
            /** Next */
            next: string | null;
        };
        /** Page[JobSummaryOut] */
        Page_JobSummaryOut_: {
            /** Items */
            items: components["schemas"]["JobSummaryOut"][];
            /** Next */
            next: string | null;
        };
        /** Page[SavedReportOut] */
        Page_SavedReportOut_: {
            /** Items */
            items: components["schemas"]["SavedReportOut"][];
            /** Next */
            next: string | null;
        };
        /** Page[SnapshotOut] */
        Page_SnapshotOut_: {
            /** Items */
            items: components["schemas"]["SnapshotOut"][];
            /** Next */
            next: string | null;
        };
        /**
         * PeriodIn
         * @description Local dates, both ends included: `from` and/or `to`, or `last_days` (today among them), or a `month`.
         */
        PeriodIn: {
            /** From */
            from?: string | null;
            /** Last Days */
            last_days?: number | null;
            /** Month */
            month?: string | null;
            /** To */
            to?: string | null;
        };
        /**
         * PeriodOut
         * @description The dates that were really used; null is open.
         */
        PeriodOut: {
            /** From */
            from: string | null;
            /** To */
            to: string | null;
        };
        /**
         * PossibilitiesOut
         * @description What can be asked of some jobs.
         */
        PossibilitiesOut: {
            /** Columns */
            columns: string[];
            /** Counts */
            counts: components["schemas"]["PossibleOut"][];
            /** Events */
            events: components["schemas"]["PossibleOut"][];
            /** Groups */
            groups: components["schemas"]["JobGroupOut"][];
            /** Jobs */
            jobs: components["schemas"]["ReportJobOut"][];
            /** Links */
            links: components["schemas"]["LinkChoiceOut"][];
            /** Tags */
            tags: components["schemas"]["TagChoiceOut"][];
            /** Types */
            types: components["schemas"]["PossibleOut"][];
        };
        /**
         * PossibleOut
         * @description A choice, and in a sentence why it is not possible.
         */
        PossibleOut: {
            /** Possible */
            possible: boolean;
            /** Reason */
            reason: string | null;
            /** Value */
            value: string;
        };
        /**
         * PreflightOut
         * @description What mailer and the domain name system say about the job as it is now.
         */
        PreflightOut: {
            /** Problems */
            problems: components["schemas"]["BlockingOut"][];
            /** Warnings */
            warnings: components["schemas"]["RemarkOut"][];
        };
        /**
         * PreviewIn
         * @description For which recipient to merge.
         */
        PreviewIn: {
            /**
             * Recipient
             * @default 1
             */
            recipient: number;
        };
        /**
         * PreviewOut
         * @description The message one recipient would get.
         */
        PreviewOut: {
            /** Headers */
            headers: [
                string,
                string
            ][];
            /** Html */
            html: string | null;
            /** Subject */
            subject: string;
            /** Text */
            text: string | null;
        };
        /**
         * Problem
         * @description Problem details, RFC 9457; `type` is stable, `title` and `detail` are for people.
         */
        Problem: {
            detail: string;
            errors?: {
                detail: string;
                pointer: string;
            }[];
            instance: string;
            status: number;
            title: string;
            /** Format: uri */
            type: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * ProblemOut
         * @description Why a step is not done.
         */
        ProblemOut: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /**
         * ProfileOut
         * @description One profile with how many recipients it has.
         */
        ProfileOut: {
            /** People */
            people: number;
            /** Values */
            values: string[];
        };
        /**
         * ProfilesIn
         * @description Which columns would make a profile, and which one says who consented.
         */
        ProfilesIn: {
            /** Consent Column */
            consent_column?: string | null;
            /**
             * Profile Columns
             * @default []
             */
            profile_columns: string[];
        };
        /**
         * ProfilesOut
         * @description What such a choice would make of the recipients, and its largest profiles.
         */
        ProfilesOut: {
            /** Consenting */
            consenting: number | null;
            /** Largest */
            largest: components["schemas"]["ProfileOut"][];
            /** Merged People */
            merged_people: number;
            /** Merged Profiles */
            merged_profiles: number;
            /** People */
            people: number;
            /** Profiles */
            profiles: number;
            /** Smallest */
            smallest: number | null;
        };
        /**
         * Question
         * @description One thing done or not done; links by label (an alias, or the address of a link without one), tags by id.
         */
        Question: {
            did: components["schemas"]["Did"];
            /** Judged */
            judged?: "human" | null;
            /** Links */
            links?: string[] | null;
            /** Tags */
            tags?: string[] | null;
        };
        /**
         * QuickReportOut
         * @description A ready question about one job.
         */
        QuickReportOut: {
            /** Key */
            key: string;
            query: components["schemas"]["ReportQueryIn"];
            /** Title */
            title: string;
        };
        /**
         * QuickReportsOut
         * @description The questions a job is ready for.
         */
        QuickReportsOut: {
            /** Items */
            items: components["schemas"]["QuickReportOut"][];
        };
        /**
         * ReactionCountIn
         * @description A condition to try out.
         */
        ReactionCountIn: {
            source: components["schemas"]["ReactionSourceIn"];
        };
        /**
         * ReactionCountOut
         * @description How many recipients fit at the moment, out of how many.
         */
        ReactionCountOut: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Count */
            count: number;
            /** Notes */
            notes: string[];
            /** Recipients */
            recipients: number;
        };
        /**
         * ReactionOptionsOut
         * @description What can be asked about a job's recipients; `reason` says why nothing can.
         */
        ReactionOptionsOut: {
            /** Columns */
            columns: string[];
            /** Dids */
            dids: components["schemas"]["Did"][];
            /** Job Id */
            job_id: string;
            /** Links */
            links: components["schemas"]["AskableLinkOut"][];
            /** Reason */
            reason: string | null;
            /** Recipients */
            recipients: number;
            /** Usable */
            usable: boolean;
        };
        /**
         * ReactionSourceIn
         * @description The recipients of an earlier job who reacted as the condition says, as far as is known at this moment.
         */
        ReactionSourceIn: {
            /** Condition */
            condition: components["schemas"]["AllOf-Input"] | components["schemas"]["AnyOf-Input"] | components["schemas"]["Question"];
            /** Job Id */
            job_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "reaction";
        };
        /**
         * ReactionSourceOut
         * @description Where the recipients came from; they are frozen, as those of a file are.
         */
        ReactionSourceOut: {
            /** Condition */
            condition: components["schemas"]["AllOf-Output"] | components["schemas"]["AnyOf-Output"] | components["schemas"]["Question"];
            /**
             * Evaluated At
             * Format: date-time
             */
            evaluated_at: string;
            /** Job Id */
            job_id: string;
            /** Job Reference */
            job_reference: string;
            /** Job Title */
            job_title: string;
            /** Recipients */
            recipients: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "reaction";
        };
        /**
         * RecipientOut
         * @description A recipient as the sample shows it.
         */
        RecipientOut: {
            /** Address */
            address: string;
            /** Ordinal */
            ordinal: number;
            /** Values */
            values: string[];
        };
        /**
         * RecipientsIn
         * @description How a source becomes an audience; columns by merge-field name or as written in the header.
         *
         *     Recipients by reaction keep the columns of the earlier job: address and name column need not be given again.
         */
        RecipientsIn: {
            /** Address Column */
            address_column?: string | null;
            /**
             * @default {
             *       "by": "address"
             *     }
             */
            duplicates: components["schemas"]["DuplicatesIn"];
            /** Name Column */
            name_column?: string | null;
            /** Source */
            source: components["schemas"]["SourceIn"] | components["schemas"]["ReactionSourceIn"];
            usage: components["schemas"]["Usage"];
        };
        /**
         * RehearsalAnswersOut
         * @description How often the built-in receiver gave each answer.
         */
        RehearsalAnswersOut: {
            /** Accept */
            accept: number;
            /** Drop After Dot */
            drop_after_dot: number;
            /** Greylist */
            greylist: number;
            /** Refuse */
            refuse: number;
            /** Slow */
            slow: number;
        };
        /**
         * RehearsalFaultOut
         * @description A recipient whose message could not be composed.
         */
        RehearsalFaultOut: {
            /** Address */
            address: string;
            /** Detail */
            detail: string;
            /** Ordinal */
            ordinal: number;
        };
        /**
         * RehearsalIn
         * @description How many recipients, in their order, and what the receiver answers; the same seed answers the same.
         */
        RehearsalIn: {
            /**
             * @default {
             *       "drop_after_dot": 0,
             *       "greylist": 0,
             *       "refuse": 0,
             *       "slow": 0,
             *       "slow_seconds": 1
             *     }
             */
            answers: components["schemas"]["AnswersIn"];
            /** Limit */
            limit?: number | null;
            /**
             * Seed
             * @default 0
             */
            seed: number;
        };
        /**
         * RehearsalOut
         * @description What a rehearsal shows, while it runs and afterwards.
         */
        RehearsalOut: {
            answers: components["schemas"]["RehearsalAnswersOut"];
            /** Duration Seconds */
            duration_seconds: number | null;
            /** Fault Count */
            fault_count: number;
            /** Faults */
            faults: components["schemas"]["RehearsalFaultOut"][];
            /** Rate Per Second */
            rate_per_second: number | null;
            /** Samples */
            samples: components["schemas"]["RehearsalSampleOut"][];
            state: components["schemas"]["DeliveryState"];
            /** Total */
            total: number;
        };
        /**
         * RehearsalSampleOut
         * @description A message that was kept.
         */
        RehearsalSampleOut: {
            /** Number */
            number: number;
            /** Rcpt To */
            rcpt_to: string;
            /** Size */
            size: number;
            /** Subject */
            subject: string;
        };
        /**
         * RemarkOut
         * @description Worth knowing before sending.
         */
        RemarkOut: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /**
         * Repeat
         * @description How often a job is sent again.
         */
        Repeat: {
            /** Every */
            every: number;
            /**
             * Unit
             * @enum {string}
             */
            unit: "minute" | "hour" | "day" | "week" | "month";
            /** Until */
            until?: string | null;
        };
        /**
         * ReportCopyIn
         * @description What the copy is called; without a title, as the original.
         */
        ReportCopyIn: {
            /** Title */
            title?: string | null;
        };
        /**
         * ReportJobOut
         * @description A job that was asked about. Of a deleted one the title is kept, and its reactions are still counted.
         */
        ReportJobOut: {
            /** Deleted */
            deleted: boolean;
            /** Id */
            id: string;
            level: components["schemas"]["TrackingLevel"] | null;
            /** System Id */
            system_id: string | null;
            /** Title */
            title: string | null;
        };
        /**
         * ReportMailIn
         * @description To whom, when, and with which files; plots and numbers are always in the mail itself.
         */
        ReportMailIn: {
            /** Addresses */
            addresses: string[];
            /** At */
            at: string;
            /**
             * Day
             * @default 1
             */
            day: number;
            /**
             * Every
             * @enum {string}
             */
            every: "day" | "week" | "month";
            /**
             * Formats
             * @default []
             */
            formats: ("csv" | "xlsx")[];
            /** Time Zone */
            time_zone: string;
            /**
             * Weekday
             * @default 1
             */
            weekday: number;
        };
        /**
         * ReportMailOut
         * @description A report mail, and how it went last.
         */
        ReportMailOut: {
            /** Addresses */
            addresses: string[];
            /** At */
            at: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Day */
            day: number;
            /**
             * Every
             * @enum {string}
             */
            every: "day" | "week" | "month";
            /** Formats */
            formats: ("csv" | "xlsx")[];
            /** Id */
            id: string;
            /** Is Asked For */
            is_asked_for: boolean;
            last: components["schemas"]["LastMailOut"] | null;
            /** May Edit */
            may_edit: boolean;
            /** Next At */
            next_at: string | null;
            /** Paused Because */
            paused_because: string | null;
            /** Report Id */
            report_id: string;
            /** Revision */
            revision: number;
            /**
             * State
             * @enum {string}
             */
            state: "active" | "paused";
            /** Time Zone */
            time_zone: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Weekday */
            weekday: number;
        };
        /**
         * ReportMailPatch
         * @description What is to change; the rest stays.
         */
        ReportMailPatch: {
            /** Addresses */
            addresses?: string[] | null;
            /** At */
            at?: string | null;
            /** Day */
            day?: number | null;
            /** Every */
            every?: ("day" | "week" | "month") | null;
            /** Formats */
            formats?: ("csv" | "xlsx")[] | null;
            /** State */
            state?: ("active" | "paused") | null;
            /** Time Zone */
            time_zone?: string | null;
            /** Weekday */
            weekday?: number | null;
        };
        /**
         * ReportMailsOut
         * @description The mails of a report.
         */
        ReportMailsOut: {
            /** Items */
            items: components["schemas"]["ReportMailOut"][];
        };
        /**
         * ReportOut
         * @description The sum of events of a job's live deliveries.
         */
        ReportOut: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            bounces: components["schemas"]["BouncesOut"];
            /** By Link */
            by_link: components["schemas"]["LinkRow"][];
            clicks: components["schemas"]["ClicksOut"];
            opens: components["schemas"]["OpensOut"];
            /** Rules Version */
            rules_version: number | null;
            /** Unsubscribed */
            unsubscribed: number;
        };
        /**
         * ReportQuery
         * @description A whole question. What does not fit the tracking levels of the jobs is refused, saying why.
         */
        ReportQueryIn: {
            /** Columns */
            columns?: string[] | null;
            /**
             * Count
             * @default total
             * @enum {string}
             */
            count: "total" | "unique";
            /**
             * Interval
             * @default day
             * @enum {string}
             */
            interval: "hour" | "day" | "week" | "month";
            /** Judged */
            judged?: "human" | null;
            /** @default {} */
            period: components["schemas"]["PeriodIn"];
            /** Sources */
            sources: components["schemas"]["ReportSourceIn"][];
            /**
             * Time Zone
             * @default UTC
             */
            time_zone: string;
            /**
             * Type
             * @enum {string}
             */
            type: "over_time" | "sum" | "recipients" | "details";
        };
        /**
         * ReportResultOut
         * @description The answer, with everything needed to ask again.
         */
        ReportResultOut: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Jobs */
            jobs: components["schemas"]["ReportJobOut"][];
            /** Notes */
            notes: string[];
            period: components["schemas"]["PeriodOut"];
            query: components["schemas"]["ReportQueryIn"];
            /** Rules Version */
            rules_version: number | null;
            /** Series */
            series: components["schemas"]["ReportSeriesOut"][];
            table: components["schemas"]["TableOut"] | null;
        };
        /**
         * ReportSeriesOut
         * @description What one source came to. `points` follow `judged` and `count` of the query; the sums are always both.
         */
        ReportSeriesOut: {
            /** Color */
            color: string | null;
            /**
             * Event
             * @enum {string}
             */
            event: "opens" | "clicks" | "clicks_html" | "clicks_text" | "actions";
            /** Human People */
            human_people: number | null;
            /** Humans */
            humans: number;
            /** Name */
            name: string;
            /** People */
            people: number | null;
            /** Points */
            points: [
                string,
                number
            ][];
            /** Total */
            total: number;
        };
        /**
         * ReportSourceIn
         * @description One thing to count: an event, in some jobs, of all links or of chosen ones.
         */
        ReportSourceIn: {
            /** Color */
            color?: string | null;
            /**
             * Event
             * @enum {string}
             */
            event: "opens" | "clicks" | "clicks_html" | "clicks_text" | "actions";
            /** Job Ids */
            job_ids: string[];
            /** Links */
            links?: string[] | null;
            /** Name */
            name?: string | null;
            /** Tags */
            tags?: string[] | null;
        };
        /**
         * SavedReportIn
         * @description A question to be kept.
         */
        SavedReportIn: {
            /** Folder Id */
            folder_id?: string | null;
            query: components["schemas"]["ReportQueryIn"];
            /**
             * Sharing
             * @default private
             * @enum {string}
             */
            sharing: "private" | "group" | "group_edit";
            /** Title */
            title: string;
        };
        /**
         * SavedReportOut
         * @description A saved report.
         */
        SavedReportOut: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Folder Id */
            folder_id: string | null;
            /** Id */
            id: string;
            /** May Edit */
            may_edit: boolean;
            /** Mine */
            mine: boolean;
            owner: components["schemas"]["lui__reports__schemas__library__OwnerOut"];
            query: components["schemas"]["ReportQueryIn"];
            /** Revision */
            revision: number;
            /**
             * Sharing
             * @enum {string}
             */
            sharing: "private" | "group" | "group_edit";
            /** Title */
            title: string;
            /**
             * Type
             * @enum {string}
             */
            type: "over_time" | "sum" | "recipients" | "details";
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * SavedReportPatch
         * @description What is to change; the rest stays.
         */
        SavedReportPatch: {
            /** Folder Id */
            folder_id?: string | null;
            query?: components["schemas"]["ReportQueryIn"] | null;
            /** Sharing */
            sharing?: ("private" | "group" | "group_edit") | null;
            /** Title */
            title?: string | null;
        };
        /**
         * ScheduleIn
         * @description `at` is a local time in `time_zone` (an IANA name; UTC when not given) or carries its own offset.
         */
        ScheduleIn: {
            /**
             * At
             * @example 2026-12-01T13:00
             */
            at?: string | null;
            /**
             * In Doubt
             * @default resend
             * @enum {string}
             */
            in_doubt: "resend" | "skip" | "ask";
            mode: components["schemas"]["ScheduleMode"];
            repeat?: components["schemas"]["Repeat"] | null;
            /**
             * Time Zone
             * @example Europe/Berlin
             */
            time_zone?: string | null;
        };
        /**
         * ScheduleMode
         * @description What starts an authorized job.
         * @enum {string}
         */
        ScheduleMode: "immediate" | "at" | "trigger";
        /**
         * ScheduleOut
         * @description The schedule step.
         */
        ScheduleOut: {
            /** At */
            at: string | null;
            /** Due At */
            due_at: string | null;
            /**
             * In Doubt
             * @enum {string}
             */
            in_doubt: "resend" | "skip" | "ask";
            mode: components["schemas"]["ScheduleMode"];
            /** Note */
            note: string | null;
            /** Time Zone */
            time_zone: string | null;
        };
        /**
         * SenderIn
         * @description Who the message is from; name and reply-to may hold merge fields, the address may not: its domain signs.
         */
        SenderIn: {
            /** Address */
            address: string;
            /**
             * Bounces
             * @default {
             *       "mode": "automatic"
             *     }
             */
            bounces: components["schemas"]["AutomaticBounces"] | components["schemas"]["BouncesTo"];
            /** Name */
            name?: string | null;
            /** Reply To */
            reply_to?: string | null;
        };
        /**
         * SequenceOut
         * @description A message sequence, each job after the one it follows.
         */
        SequenceOut: {
            /** Items */
            items: components["schemas"]["SequenceStepOut"][];
            /** Notes */
            notes: string[];
        };
        /**
         * SequenceStepOut
         * @description A job of a sequence, and why it follows another one.
         */
        SequenceStepOut: {
            /** Clicks */
            clicks: number;
            /** Delivered At */
            delivered_at: string | null;
            /** Deliveries */
            deliveries: number;
            /** Depth */
            depth: number;
            job: components["schemas"]["StatisticsJobOut"];
            /** Opens */
            opens: number;
            /** Recipients */
            recipients: number;
            /** Source Job Id */
            source_job_id: string | null;
            /**
             * Via
             * @enum {string}
             */
            via: "origin" | "reaction";
        };
        /**
         * SeriesOut
         * @description One line over time: `[start of the interval, count]`.
         */
        SeriesOut: {
            /** Name */
            name: string;
            /** Points */
            points: [
                string,
                number
            ][];
        };
        /**
         * SessionIn
         * @description Who signs in; accounts of a group name it.
         */
        SessionIn: {
            /** Account */
            account: string;
            /** Group */
            group?: string | null;
            /** Password */
            password: string;
        };
        /**
         * SessionOut
         * @description Who is signed in and what they may do.
         */
        SessionOut: {
            account: components["schemas"]["AccountOut"];
            group: components["schemas"]["GroupOut"] | null;
            /** Rights */
            rights: string[];
        };
        /**
         * SnapshotOut
         * @description A result that was kept, without its numbers.
         */
        SnapshotOut: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            created_by: components["schemas"]["lui__reports__schemas__library__OwnerOut"];
            /** Digest */
            digest: string;
            /** Id */
            id: string;
            /** Report Id */
            report_id: string | null;
            /** Rules Version */
            rules_version: number | null;
            /** Title */
            title: string;
            /**
             * Type
             * @enum {string}
             */
            type: "over_time" | "sum" | "recipients" | "details";
        };
        /**
         * SnapshotResultOut
         * @description A kept result: the very same numbers as when it was made.
         */
        SnapshotResultOut: {
            result: components["schemas"]["ReportResultOut"];
            snapshot: components["schemas"]["SnapshotOut"];
        };
        /**
         * SourceIn
         * @description An upload the rows come from; settings not given are the detected ones. An empty quote means none.
         */
        SourceIn: {
            /** Encoding */
            encoding?: string | null;
            /** Header */
            header?: boolean | null;
            /** Quote */
            quote?: string | null;
            /** Separator */
            separator?: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "upload";
            /** Upload Id */
            upload_id: string;
        };
        /**
         * SourceOut
         * @description The settings the file was read with.
         */
        SourceOut: {
            /** Encoding */
            encoding: string;
            /** File Name */
            file_name: string;
            /** Header */
            header: boolean;
            /** Quote */
            quote: string | null;
            /** Separator */
            separator: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "upload";
            /** Upload Id */
            upload_id: string;
        };
        /**
         * Stage
         * @description Where a job stands.
         * @enum {string}
         */
        Stage: "open" | "waiting" | "processing" | "repeating" | "failed" | "delivered" | "closed" | "archived";
        /**
         * StatisticsJobOut
         * @description Which job a row is about.
         */
        StatisticsJobOut: {
            /** Id */
            id: string;
            /** Stage */
            stage: string;
            /** System Id */
            system_id: string;
            /** Title */
            title: string;
        };
        /**
         * StepOut
         * @description Where a step stands; `etag` is for `If-Match`.
         */
        StepOut: {
            /** Etag */
            etag: string;
            /** Problems */
            problems: components["schemas"]["ProblemOut"][];
            state: components["schemas"]["StepState"];
        };
        /**
         * StepsOut
         * @description The workflow, in its order.
         */
        StepsOut: {
            authorize: components["schemas"]["StepOut"];
            content: components["schemas"]["StepOut"];
            recipients: components["schemas"]["StepOut"];
            schedule: components["schemas"]["StepOut"];
            sender: components["schemas"]["StepOut"];
            test: components["schemas"]["StepOut"];
            tracking: components["schemas"]["StepOut"];
        };
        /**
         * StepState
         * @description Where a step stands; `stale` was done and needs another look.
         * @enum {string}
         */
        StepState: "locked" | "available" | "done" | "stale";
        /**
         * TableOut
         * @description Rows of the report; `next` is given back as `after`.
         */
        TableOut: {
            /** Columns */
            columns: components["schemas"]["ColumnOut"][];
            /** Next */
            next: string | null;
            /** Rows */
            rows: (string | number | null)[][];
        };
        /**
         * TagChoiceOut
         * @description An action tag that can be asked for.
         */
        TagChoiceOut: {
            /** Id */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * TestIn
         * @description Who gets the test, with the merge data of which recipient.
         */
        TestIn: {
            /** Addresses */
            addresses: string[];
            /**
             * Recipient
             * @default 1
             */
            recipient: number;
        };
        /**
         * TrackedActionsV1
         * @description Visits of other people's pages are tied to the recipient by a signed cookie.
         */
        TrackedActionsV1: {
            /**
             * Cookie Seconds
             * @default 0
             */
            cookie_seconds: number;
        };
        /**
         * TrackedLinkV1
         * @description One link that is rewritten to the tracker; its number stands in the path after the token.
         */
        TrackedLinkV1: {
            /** Alias */
            alias?: string | null;
            /** Number */
            number: number;
            /**
             * Part
             * @enum {string}
             */
            part: "html" | "text";
            /**
             * Personal
             * @default false
             */
            personal: boolean;
            /** Url */
            url: string;
        };
        /**
         * TrackingIn
         * @description `links` are ids of the content's links and go with clicks `chosen`.
         */
        TrackingIn: {
            actions?: components["schemas"]["ActionsIn"] | null;
            campaign?: components["schemas"]["CampaignIn"] | null;
            clicks: components["schemas"]["Clicks"];
            /** Consent Column */
            consent_column?: string | null;
            /** Identify By */
            identify_by?: string | null;
            level: components["schemas"]["TrackingLevel"];
            /** Links */
            links?: string[] | null;
            /** Opens */
            opens: boolean;
            /** Profile Columns */
            profile_columns?: string[] | null;
        };
        /**
         * TrackingLevel
         * @description How much a delivery may learn about a recipient, least first.
         * @enum {string}
         */
        TrackingLevel: "off" | "blind" | "unique" | "anonymous" | "personal";
        /**
         * TrackingOut
         * @description The tracking step; `links` are ids, and null unless clicks is `chosen`.
         */
        TrackingOut: {
            actions: components["schemas"]["ActionsOut"] | null;
            campaign: components["schemas"]["CampaignOut"] | null;
            clicks: components["schemas"]["Clicks"];
            /** Consent Column */
            consent_column: string | null;
            counted: components["schemas"]["lui__jobs__tracking__CountedOut"] | null;
            /** Identify By */
            identify_by: string | null;
            level: components["schemas"]["TrackingLevel"];
            /** Limits */
            limits: string[];
            /** Links */
            links: string[] | null;
            /** Opens */
            opens: boolean;
            /** Profile Columns */
            profile_columns: string[];
            /** Warnings */
            warnings: string[];
        };
        /**
         * TrackingPlanV1
         * @description What a delivery wants tracked, at which level.
         *
         *     Whoever did not consent has the subject 0 in every token, at whatever level: nobody (`reliability` D5).
         *     At anonymous a subject is `profile << 32 | pseudonym`, where profile 0 stands for all those merged.
         */
        TrackingPlanV1: {
            actions?: components["schemas"]["TrackedActionsV1"] | null;
            /**
             * Campaign
             * @default []
             */
            campaign: [
                string,
                string
            ][];
            /** Consent Column */
            consent_column?: string | null;
            /** Identify By */
            identify_by?: string | null;
            level: components["schemas"]["TrackingLevel"];
            /** Links */
            links: components["schemas"]["TrackedLinkV1"][];
            /** Opens */
            opens: boolean;
            /**
             * Profile Columns
             * @default []
             */
            profile_columns: string[];
            /**
             * Profiles
             * @default []
             */
            profiles: string[][];
        };
        /**
         * TrackingRatesOut
         * @description Shares of a job's messages, of recipients at the levels that know them.
         */
        TrackingRatesOut: {
            /** Clicked Of Opened */
            clicked_of_opened: number | null;
            /** Clicked Of Unbounced */
            clicked_of_unbounced: number | null;
            /** Opened Of Unbounced */
            opened_of_unbounced: number | null;
            /** Unsubscribed Of Unbounced */
            unsubscribed_of_unbounced: number | null;
        };
        /**
         * TrackingRowOut
         * @description What one job's live deliveries came to.
         */
        TrackingRowOut: {
            /** Bounced */
            bounced: number;
            /** Clicked */
            clicked: number | null;
            /** Clicks */
            clicks: number;
            /**
             * Delivered At
             * Format: date-time
             */
            delivered_at: string;
            /** Deliveries */
            deliveries: number;
            job: components["schemas"]["StatisticsJobOut"];
            level: components["schemas"]["TrackingLevel"] | null;
            /** Opened */
            opened: number | null;
            /** Opens */
            opens: number;
            rates: components["schemas"]["TrackingRatesOut"];
            /** Recipients */
            recipients: number;
            /** Unbounced */
            unbounced: number;
            /** Unsubscribed */
            unsubscribed: number;
        };
        /**
         * TrackingStatisticsOut
         * @description Tracking statistics: `mean` is the mean of the jobs' rates, `pooled` divides the sums.
         */
        TrackingStatisticsOut: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            counted: components["schemas"]["lui__statistics__schemas__CountedOut"];
            mean: components["schemas"]["TrackingRatesOut"];
            /** Notes */
            notes: string[];
            pooled: components["schemas"]["TrackingRatesOut"];
            /** Rows */
            rows: components["schemas"]["TrackingRowOut"][];
            /** Rules Version */
            rules_version: number | null;
        };
        /**
         * UpcomingOut
         * @description A job that is due within a week, or waits for its trigger.
         */
        UpcomingOut: {
            /** At */
            at: string | null;
            job: components["schemas"]["StatisticsJobOut"];
        };
        /**
         * UploadOut
         * @description An upload with the settings that were detected, or with those asked for, and what they make of the file.
         */
        UploadOut: {
            /** Columns */
            columns: string[];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Encoding */
            encoding: string;
            /** File Name */
            file_name: string;
            /** Header */
            header: boolean;
            /** Id */
            id: string;
            /**
             * Kind
             * @constant
             */
            kind: "csv";
            /** Problems */
            problems: string[];
            /** Quote */
            quote: string | null;
            /** Rows */
            rows: number;
            /** Sample */
            sample: string[][];
            /** Separator */
            separator: string;
            /** Size */
            size: number;
            /** Warnings */
            warnings: string[];
        };
        /**
         * Usage
         * @description Whether the columns are merged into the message, or everybody gets the same one.
         * @enum {string}
         */
        Usage: "merge" | "bulk";
        /**
         * WarningOut
         * @description What the author should look at before sending.
         */
        WarningOut: {
            /** Detail */
            detail: string;
            /** Part */
            part: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_action_tags_api_v1_action_tags_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ActionTagOut_"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_action_tag_api_v1_action_tags_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActionTagIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionTagOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is an action tag of that name; There are too many action tags */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_action_tag_api_v1_action_tags__tag_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionTagOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such action tag */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_action_tag_api_v1_action_tags__tag_id__patch: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                tag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActionTagPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionTagOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such action tag */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is an action tag of that name */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was changed by someone else meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_dashboard_api_v1_dashboard_get: {
        parameters: {
            query?: {
                month?: string | null;
                /** @description IANA name. */
                time_zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DashboardOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_delivery_api_v1_deliveries__delivery_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such delivery */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_envelopes_api_v1_deliveries__delivery_id__envelopes_get: {
        parameters: {
            query?: {
                after?: string | null;
                limit?: number;
                state?: components["schemas"]["EnvelopeState"] | null;
            };
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvelopesOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such delivery */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    watch_delivery_api_v1_deliveries__delivery_id__progress_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such delivery */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_rehearsal_api_v1_deliveries__delivery_id__rehearsal_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RehearsalOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such delivery; There is no such rehearsal */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_sample_api_v1_deliveries__delivery_id__rehearsal_samples__number__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "message/rfc822": unknown;
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such delivery; There is no such sample */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_jobs_api_v1_jobs_get: {
        parameters: {
            query?: {
                after?: string | null;
                limit?: number;
                sent?: boolean | null;
                stage?: components["schemas"]["Stage"] | null;
                title?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_JobSummaryOut_"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_job_api_v1_jobs_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_job_api_v1_jobs__job_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_job_api_v1_jobs__job_id__delete: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job does not allow this now */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was changed by someone else meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_job_api_v1_jobs__job_id__patch: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was changed by someone else meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    authorize_job_api_v1_jobs__job_id__authorize_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                "If-Match"?: string | null;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AuthorizeIn"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job does not allow this now; The job is not ready; The job cannot be sent like this; The job changed after it was authorized */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was changed by someone else meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    close_job_api_v1_jobs__job_id__close_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job does not allow this now */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_content_api_v1_jobs__job_id__content_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["lui__jobs__schemas__ContentOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job; The step is not defined yet */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    write_content_api_v1_jobs__job_id__content_put: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContentIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job can no longer be edited */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was changed by someone else meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    copy_job_api_v1_jobs__job_id__copy_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CopyIn"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_files_api_v1_jobs__job_id__files_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_FileOut_"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_file_api_v1_jobs__job_id__files_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                "If-Match"?: string | null;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_add_file_api_v1_jobs__job_id__files_post"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job can no longer be edited */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was changed by someone else meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The file is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_file_api_v1_jobs__job_id__files__file_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file_id: string;
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job; There is no such file */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_file_api_v1_jobs__job_id__files__file_id__delete: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                file_id: string;
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such file */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job can no longer be edited */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was changed by someone else meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pause_job_api_v1_jobs__job_id__pause_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job does not allow this now; The delivery is over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preflight_job_api_v1_jobs__job_id__preflight_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreflightOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job is not ready */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_api_v1_jobs__job_id__preview_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PreviewIn"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job; There is no such recipient */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job is not ready */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_quick_reports_api_v1_jobs__job_id__quick_reports_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuickReportsOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_reaction_options_api_v1_jobs__job_id__reaction_options_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReactionOptionsOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_recipients_api_v1_jobs__job_id__recipients_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["lui__jobs__schemas__RecipientsOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job; The step is not defined yet */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    define_recipients_api_v1_jobs__job_id__recipients_put: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecipientsIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job; There is no such upload */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job can no longer be edited */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was changed by someone else meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_recipients_api_v1_jobs__job_id__recipients__set_name__csv_get: {
        parameters: {
            query?: {
                raw?: boolean;
            };
            header?: never;
            path: {
                job_id: string;
                set_name: "accepted" | "duplicates" | "rejected";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job; The step is not defined yet */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rehearse_job_api_v1_jobs__job_id__rehearsals_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RehearsalIn"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job is not ready; The job does not allow this now; Too many rehearsals are running */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stop_rehearsal_api_v1_jobs__job_id__rehearsals__delivery_id__stop_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                delivery_id: string;
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job; There is no such rehearsal */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The delivery is over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reopen_job_api_v1_jobs__job_id__reopen_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job does not allow this now */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_report_api_v1_jobs__job_id__report_get: {
        parameters: {
            query?: {
                judged?: "human" | null;
            };
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_report_api_v1_jobs__job_id__report_csv_get: {
        parameters: {
            query?: {
                judged?: "human" | null;
            };
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_bounce_report_api_v1_jobs__job_id__report_bounces_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BounceReportOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_bounces_api_v1_jobs__job_id__report_bounces_csv_get: {
        parameters: {
            query?: {
                class?: (components["schemas"]["BounceClass"] | "complaint")[];
                reasons?: boolean;
            };
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    watch_report_api_v1_jobs__job_id__report_live_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_report_over_time_api_v1_jobs__job_id__report_over_time_get: {
        parameters: {
            query?: {
                interval?: "hour" | "day" | "week" | "month";
                judged?: "human" | null;
                time_zone?: string;
            };
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverTimeOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resume_job_api_v1_jobs__job_id__resume_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job does not allow this now; The delivery is over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retry_job_api_v1_jobs__job_id__retry_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job does not allow this now; The delivery is over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_job_api_v1_jobs__job_id__revoke_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job does not allow this now */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_schedule_api_v1_jobs__job_id__schedule_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job; The step is not defined yet */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_schedule_api_v1_jobs__job_id__schedule_put: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job can no longer be edited */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was changed by someone else meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_sender_api_v1_jobs__job_id__sender_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["lui__jobs__schemas__SenderOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job; The step is not defined yet */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_sender_api_v1_jobs__job_id__sender_put: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SenderIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job can no longer be edited */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was changed by someone else meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_sequence_api_v1_jobs__job_id__sequence_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SequenceOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stop_job_api_v1_jobs__job_id__stop_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job does not allow this now; The delivery is over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_test_api_v1_jobs__job_id__tests_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job; There is no such recipient */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job is not ready; The job does not allow this now */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accept_test_api_v1_jobs__job_id__tests__delivery_id__accept_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                delivery_id: string;
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job; There is no such test */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The test shows an older version; The job does not allow this now */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reject_test_api_v1_jobs__job_id__tests__delivery_id__reject_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                delivery_id: string;
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job; There is no such test */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job does not allow this now */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_tracking_api_v1_jobs__job_id__tracking_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackingOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job; The step is not defined yet */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    choose_tracking_api_v1_jobs__job_id__tracking_put: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrackingIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job can no longer be edited; Other steps come first */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was changed by someone else meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_options_api_v1_jobs__job_id__tracking_options_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OptionsOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job; The step is not defined yet */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    count_profiles_api_v1_jobs__job_id__tracking_profiles_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfilesIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfilesOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job; The step is not defined yet */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trigger_job_api_v1_jobs__job_id__trigger_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The job does not allow this now; The job changed after it was authorized */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compare_jobs_api_v1_jobs_compare_get: {
        parameters: {
            query: {
                id: string[];
                judged?: "human" | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackingStatisticsOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    count_by_reaction_api_v1_reaction_count_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReactionCountIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReactionCountOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_folders_api_v1_report_folders_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_FolderOut_"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_folder_api_v1_report_folders_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FolderIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FolderOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_folder_api_v1_report_folders__folder_id__delete: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is not yours to change */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such folder */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was changed by someone else meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_folder_api_v1_report_folders__folder_id__patch: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                folder_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FolderPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FolderOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is not yours to change */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such folder */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was changed by someone else meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_report_mail_api_v1_report_mails__mail_id__delete: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                mail_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is not yours to change */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such report mail */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was changed by someone else meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_report_mail_api_v1_report_mails__mail_id__patch: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                mail_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportMailPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportMailOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is not yours to change */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such report mail */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was changed by someone else meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_report_mail_now_api_v1_report_mails__mail_id__send_now_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                mail_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportMailOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is not yours to change */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such report mail */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_kept_api_v1_report_snapshots__snapshot_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                snapshot_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SnapshotResultOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such kept result */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_kept_api_v1_report_snapshots__snapshot_id___wanted__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                snapshot_id: string;
                wanted: "csv" | "xlsx" | "svg" | "png";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "image/png": string;
                    "image/svg+xml": string;
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such kept result */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Recipients and details cannot be drawn */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The plot could not be drawn now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_reports_api_v1_reports_get: {
        parameters: {
            query?: {
                after?: string | null;
                folder_id?: string | null;
                limit?: number;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_SavedReportOut_"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_report_api_v1_reports_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SavedReportIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReportOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_report_api_v1_reports__report_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReportOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such report */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_report_api_v1_reports__report_id__delete: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is not yours to change */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such report */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was changed by someone else meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_report_api_v1_reports__report_id__patch: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SavedReportPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReportOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is not yours to change */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such report */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was changed by someone else meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    copy_report_api_v1_reports__report_id__copy_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReportCopyIn"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReportOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such report */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_report_mails_api_v1_reports__report_id__mails_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportMailsOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such report */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_report_mail_api_v1_reports__report_id__mails_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportMailIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportMailOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is not yours to change */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such report */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This report has too many mails */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_result_api_v1_reports__report_id__result_get: {
        parameters: {
            query?: {
                after?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportResultOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such report */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_result_api_v1_reports__report_id__result__wanted__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
                wanted: "csv" | "xlsx" | "svg" | "png";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "image/png": string;
                    "image/svg+xml": string;
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such report */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right; Recipients and details cannot be drawn */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away; The plot could not be drawn now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_kept_api_v1_reports__report_id__snapshots_get: {
        parameters: {
            query?: {
                after?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_SnapshotOut_"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such report */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keep_result_api_v1_reports__report_id__snapshots_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SnapshotOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such report */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_possibilities_api_v1_reports_possibilities_get: {
        parameters: {
            query: {
                job_id: string[];
                search?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PossibilitiesOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    query_report_api_v1_reports_query_post: {
        parameters: {
            query?: {
                after?: string | null;
                limit?: number;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportQueryIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportResultOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_query_api_v1_reports_query__wanted__post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                wanted: "csv" | "xlsx" | "svg" | "png";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportQueryIn"];
            };
        };
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "image/png": string;
                    "image/svg+xml": string;
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right; Recipients and details cannot be drawn */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away; The plot could not be drawn now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_session_api_v1_session_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in_api_v1_session_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionOut"];
                };
            };
            /** @description The account or the password is wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Requests from other sites are refused */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_out_api_v1_session_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Requests from other sites are refused */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_delivery_statistics_api_v1_statistics_deliveries_get: {
        parameters: {
            query?: {
                from?: string | null;
                last_days?: number | null;
                prefix?: string | null;
                search?: string | null;
                time_zone?: string;
                to?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryStatisticsOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_tracking_statistics_api_v1_statistics_tracking_get: {
        parameters: {
            query?: {
                from?: string | null;
                judged?: "human" | null;
                last_days?: number | null;
                prefix?: string | null;
                search?: string | null;
                time_zone?: string;
                to?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackingStatisticsOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the system is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    upload_file_api_v1_uploads_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadOut"];
                };
            };
            /** @description The request is no multipart form with a part called file */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The file is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The file cannot be read as a list of recipients */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_upload_api_v1_uploads__upload_id__get: {
        parameters: {
            query?: {
                encoding?: string | null;
                header?: boolean | null;
                quote?: string | null;
                separator?: string | null;
            };
            header?: never;
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such upload */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_upload_api_v1_uploads__upload_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such upload */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    live_health_live_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: boolean;
                    };
                };
            };
        };
    };
    ready_health_ready_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    read_content_internal_v1_deliveries__delivery_id__content_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["lui__deliveries__schemas__ContentOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such delivery */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_recipients_internal_v1_deliveries__delivery_id__recipients_get: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
            };
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["lui__deliveries__schemas__RecipientsOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such delivery */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_file_internal_v1_files__sha256__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sha256: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such file */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_notice_internal_v1_notices__notice_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                notice_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeOut"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such notice */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
