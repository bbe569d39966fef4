// Generated from openapi.json by `npm run client`. Never edited by hand.

export interface paths {
    "/api/v1/arm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Arm Installation
         * @description Let this installation send. To be done only when no other one sends what is in this database.
         */
        post: operations["arm_installation_api_v1_arm_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/arming": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Arming
         * @description Whether this installation sends, or waits because it is a restored copy. Machines are for administrators.
         */
        get: operations["show_arming_api_v1_arming_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bounce-sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Bounce Sources
         * @description Where reports come from, and how each source is doing.
         */
        get: operations["list_bounce_sources_api_v1_bounce_sources_get"];
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
         * Show Delivery
         * @description A delivery and how far it is.
         */
        get: operations["show_delivery_api_v1_deliveries__delivery_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{delivery_id}/bounces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Bounces
         * @description What came back of a delivery, by class.
         */
        get: operations["read_bounces_api_v1_deliveries__delivery_id__bounces_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{delivery_id}/bounces.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download Bounces
         * @description Chosen classes as a table: addresses only, or with reasons; that it was taken is recorded.
         */
        get: operations["download_bounces_api_v1_deliveries__delivery_id__bounces_csv_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{delivery_id}/bounces/resume-suppression": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume Suppression
         * @description The reports that were unusual are right: suppress what they say.
         */
        post: operations["resume_suppression_api_v1_deliveries__delivery_id__bounces_resume_suppression_post"];
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
         * @description Who is in a state and why, in the order of the recipients.
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
    "/api/v1/deliveries/{delivery_id}/in-doubt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide Doubt
         * @description Send again, or take as sent, what waits for a decision because nobody knows whether it arrived.
         */
        post: operations["decide_doubt_api_v1_deliveries__delivery_id__in_doubt_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{delivery_id}/pace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Pace
         * @description Why a delivery is as slow as it is.
         */
        get: operations["show_pace_api_v1_deliveries__delivery_id__pace_get"];
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
    "/api/v1/destination-limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Destination Limits
         * @description Limits set for receiving destinations, by name.
         */
        get: operations["list_destination_limits_api_v1_destination_limits_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/destination-limits/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set Destination Limit
         * @description Allow a destination so many connections, or messages per second, at each gateway.
         */
        put: operations["set_destination_limit_api_v1_destination_limits__name__put"];
        post?: never;
        /**
         * Remove Destination Limit
         * @description Allow a destination whatever the gateways allow.
         */
        delete: operations["remove_destination_limit_api_v1_destination_limits__name__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dkim-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Keys
         * @description Every domain's keys with the records to publish.
         */
        get: operations["list_keys_api_v1_dkim_keys_get"];
        put?: never;
        /**
         * Create Key
         * @description A pending key: publish its record, then activate it.
         */
        post: operations["create_key_api_v1_dkim_keys_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dkim-keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Key
         * @description A key with the record to publish and what was found of it.
         */
        get: operations["show_key_api_v1_dkim_keys__key_id__get"];
        put?: never;
        post?: never;
        /**
         * Delete Key
         * @description Remove a pending or retired key; deliveries that began with it end with it.
         */
        delete: operations["delete_key_api_v1_dkim_keys__key_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dkim-keys/{key_id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Activate Key
         * @description Sign with this key what is requested from now on; the domain's other key of its kind is retired.
         */
        post: operations["activate_key_api_v1_dkim_keys__key_id__activate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dkim-keys/{key_id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check Key
         * @description Ask the domain name system now.
         */
        post: operations["check_key_api_v1_dkim_keys__key_id__check_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dkim-keys/{key_id}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retire Key
         * @description Sign nothing new with this key; its record has to stay for some days.
         */
        post: operations["retire_key_api_v1_dkim_keys__key_id__retire_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gateways": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Gateways
         * @description All gateways, the deployment's own first; there are few, so all come at once.
         */
        get: operations["list_gateways_api_v1_gateways_get"];
        put?: never;
        /**
         * Create Gateway
         * @description Set up a gateway.
         */
        post: operations["create_gateway_api_v1_gateways_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gateways/{gateway_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Gateway
         * @description One gateway.
         */
        get: operations["get_gateway_api_v1_gateways__gateway_id__get"];
        put?: never;
        post?: never;
        /**
         * Delete Gateway
         * @description Remove a gateway; what waits for it takes another one.
         */
        delete: operations["delete_gateway_api_v1_gateways__gateway_id__delete"];
        options?: never;
        head?: never;
        /**
         * Change Gateway
         * @description Give a gateway other values.
         */
        patch: operations["change_gateway_api_v1_gateways__gateway_id__patch"];
        trace?: never;
    };
    "/api/v1/gateways/{gateway_id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check Gateway
         * @description Really connect, and say what happened; nothing is sent.
         */
        post: operations["check_gateway_api_v1_gateways__gateway_id__check_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gateways/{gateway_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause Gateway
         * @description Send nothing through it until somebody resumes.
         */
        post: operations["pause_gateway_api_v1_gateways__gateway_id__pause_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gateways/{gateway_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume Gateway
         * @description Go on with the gateway and all its destinations; blocks and complaints are counted anew.
         */
        post: operations["resume_gateway_api_v1_gateways__gateway_id__resume_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gateways/{gateway_id}/traffic": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Traffic
         * @description What happens at a gateway, and why it does not go faster.
         */
        get: operations["get_traffic_api_v1_gateways__gateway_id__traffic_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Notices
         * @description Short mails to people who work with the installation, and what became of them; newest first.
         */
        get: operations["list_notices_api_v1_notices_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suppressions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Suppressions
         * @description Addresses that the caller's group does not write to, newest first.
         */
        get: operations["list_suppressions_api_v1_suppressions_get"];
        put?: never;
        /**
         * Add Suppression
         * @description Suppress an address by hand; 200 with the suppression in force when there is one.
         */
        post: operations["add_suppression_api_v1_suppressions_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suppressions.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Suppressions
         * @description The same as a table; that it was taken is recorded.
         */
        get: operations["export_suppressions_api_v1_suppressions_csv_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suppressions/{suppression_id}/lift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lift Suppression
         * @description Let an address be written to again; who did it and why stays with it.
         */
        post: operations["lift_suppression_api_v1_suppressions__suppression_id__lift_post"];
        delete?: never;
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
    "/hooks/bounces/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take Reports
         * @description Reports of a provider that proves itself: generic, ses, postmark, mailgun, sendgrid.
         */
        post: operations["take_reports_hooks_bounces__provider__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/v1/content/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check Content
         * @description Merge fields, links and mistakes of a content; mistakes are an answer, not a failure.
         */
        post: operations["check_content_internal_v1_content_check_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/v1/deliveries/{delivery_id}/bounced": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Bounced
         * @description A bitset: bit n of the octets, least significant first, says whether the message to ordinal n came back.
         */
        get: operations["read_bounced_internal_v1_deliveries__delivery_id__bounced_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/v1/preflight": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preflight
         * @description Problems and warnings; both are an answer, not a failure.
         */
        post: operations["preflight_internal_v1_preflight_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/v1/preview": {
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
         * @description One merged message, composed by what composes the real ones.
         */
        post: operations["preview_internal_v1_preview_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/v1/suppressions/by-envelope": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Suppress By Envelope
         * @description Leave a recipient alone. Committed before the answer: the very next intent obeys.
         */
        put: operations["suppress_by_envelope_internal_v1_suppressions_by_envelope_put"];
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
         * ActivateIn
         * @description `even_though` is for a key whose record receivers do not find: what the check says about it, word for word.
         */
        ActivateIn: {
            /** Even Though */
            even_though?: ("missing" | "different" | "unknown") | null;
        };
        /**
         * AnswersOut
         * @description How often the built-in receiver gave each answer.
         */
        AnswersOut: {
            /**
             * Accept
             * @default 0
             */
            accept: number;
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
        };
        /**
         * ArmingOut
         * @description Whether this installation sends; `reason` says in plain words why it does not.
         */
        ArmingOut: {
            /** Armed At */
            armed_at: string | null;
            /** Armed By */
            armed_by: string | null;
            /** Machines */
            machines: components["schemas"]["MachineOut"][];
            /** Reason */
            reason: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "armed" | "held";
        };
        /**
         * Attachment
         * @description A file that goes with the message; its octets come by their digest.
         */
        Attachment: {
            /** Content Id */
            content_id?: string | null;
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
         * BlockingOut
         * @description A reason not to send.
         */
        BlockingOut: {
            /** Can Override */
            can_override: boolean;
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /**
         * BounceClass
         * @description Why a message was not taken or came back.
         * @enum {string}
         */
        BounceClass: "unknown_mailbox" | "unknown_domain" | "mailbox_disabled" | "mailbox_full" | "message_too_large" | "content_refused" | "policy" | "greylisted" | "rate_limited" | "network" | "protocol" | "address_syntax" | "unclassified";
        /**
         * BounceClassOut
         * @description Messages that came back for one reason; `share` is their part of all that came back, from 0 to 1.
         */
        BounceClassOut: {
            class: components["schemas"]["BounceClass"];
            /** Count */
            count: number;
            /** Permanent */
            permanent: boolean;
            /** Share */
            share: number;
        };
        /**
         * Bounces
         * @description Where reports of failures go: to us, or to an address of the sender's.
         */
        Bounces: {
            /** Address */
            address?: string | null;
            /**
             * Mode
             * @default automatic
             * @enum {string}
             */
            mode: "automatic" | "address";
        };
        /**
         * BouncesOut
         * @description What came back of a delivery. A delay is no bounce; an automatic reply neither.
         */
        BouncesOut: {
            /** Auto Replies */
            auto_replies: number;
            /** By Class */
            by_class: components["schemas"]["BounceClassOut"][];
            /** Complaints */
            complaints: number;
            /** Delayed */
            delayed: number;
            /** Permanent */
            permanent: number;
            suppression_stopped: components["schemas"]["SuppressionStoppedOut"] | null;
            /** Total */
            total: number;
        };
        /**
         * CheckOut
         * @description What happened when a connection was really opened; steps after a failed one were not tried.
         */
        CheckOut: {
            extensions: components["schemas"]["ExtensionsOut"] | null;
            /** Ok */
            ok: boolean;
            /** Steps */
            steps: components["schemas"]["CheckStepOut"][];
        };
        /**
         * CheckStepOut
         * @description One step of opening a connection.
         */
        CheckStepOut: {
            /** Detail */
            detail: string;
            /**
             * Name
             * @enum {string}
             */
            name: "connect" | "tls" | "sign_in" | "extensions";
            /** Ok */
            ok: boolean;
        };
        /**
         * ContentCheckIn
         * @description Content to be checked; `columns` null means that the recipients are not known yet.
         */
        ContentCheckIn: {
            /**
             * Charset
             * @default utf-8
             * @enum {string}
             */
            charset: "us-ascii" | "iso-8859-1" | "iso-8859-2" | "iso-8859-3" | "iso-8859-4" | "iso-8859-5" | "iso-8859-6" | "iso-8859-7" | "iso-8859-8" | "iso-8859-9" | "iso-8859-15" | "utf-8" | "gb2312" | "big5" | "iso-2022-jp" | "iso-2022-kr" | "auto";
            /** Columns */
            columns?: string[] | null;
            /** Html */
            html?: string | null;
            /** Subject */
            subject: string;
            /** Text */
            text?: string | null;
        };
        /**
         * ContentCheckOut
         * @description What the content holds and what is wrong with it.
         */
        ContentCheckOut: {
            /** Errors */
            errors: components["schemas"]["ErrorOut"][];
            /** Links */
            links: components["schemas"]["LinkOut"][];
            /** Merge Fields */
            merge_fields: components["schemas"]["MergeFieldOut"][];
            /** Text Alternative */
            text_alternative: string | null;
            /** Warnings */
            warnings: components["schemas"]["WarningOut"][];
        };
        /**
         * ContentDocument
         * @description Everything of a delivery that is the same for all its recipients, frozen when it was authorized.
         */
        ContentDocument: {
            /** Address Column */
            address_column?: string | null;
            /**
             * Attachments
             * @default []
             */
            attachments: components["schemas"]["Attachment"][];
            /**
             * Charset
             * @default utf-8
             * @enum {string}
             */
            charset: "us-ascii" | "iso-8859-1" | "iso-8859-2" | "iso-8859-3" | "iso-8859-4" | "iso-8859-5" | "iso-8859-6" | "iso-8859-7" | "iso-8859-8" | "iso-8859-9" | "iso-8859-15" | "utf-8" | "gb2312" | "big5" | "iso-2022-jp" | "iso-2022-kr" | "auto";
            /**
             * Columns
             * @default []
             */
            columns: string[];
            /** Delivery Id */
            delivery_id?: string | null;
            /**
             * Delivery Number
             * @default 0
             */
            delivery_number: number;
            /** Html */
            html?: string | null;
            /**
             * Kind
             * @default live
             * @enum {string}
             */
            kind: "live" | "test" | "rehearsal";
            /** List Id */
            list_id?: string | null;
            /** Name Column */
            name_column?: string | null;
            /** Reference Time */
            reference_time?: string | null;
            sender: components["schemas"]["Sender"];
            /** Subject */
            subject: string;
            /**
             * Subject Mark
             * @default
             */
            subject_mark: string;
            /** Text */
            text?: string | null;
            /**
             * @default {
             *       "campaign": [],
             *       "level": "off",
             *       "links": [],
             *       "opens": false,
             *       "profile_columns": [],
             *       "profiles": []
             *     }
             */
            tracking: components["schemas"]["TrackingPlanV1"];
            /**
             * Usage
             * @default merge
             * @enum {string}
             */
            usage: "merge" | "bulk";
        };
        /**
         * DeliveryOut
         * @description A delivery and how far it is; the counts sum to `total`.
         */
        DeliveryOut: {
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /** Expected End */
            expected_end: string | null;
            /** Finished At */
            finished_at: string | null;
            /** Id */
            id: string;
            /** Job Id */
            job_id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "live" | "test" | "rehearsal";
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
         * DeliveryState
         * @description Where one occurrence of sending a job stands.
         * @enum {string}
         */
        DeliveryState: "preparing" | "running" | "paused" | "finished" | "failed" | "cancelled";
        /**
         * DestinationLimitIn
         * @description At each gateway, for the installation; null: no limit.
         */
        DestinationLimitIn: {
            /** Connections */
            connections?: number | null;
            /** Rate Per Second */
            rate_per_second?: number | null;
        };
        /**
         * DestinationLimitOut
         * @description What a destination is allowed: a domain, or whoever runs its mail servers.
         */
        DestinationLimitOut: {
            /** Connections */
            connections: number | null;
            /** Name */
            name: string;
            /** Rate Per Second */
            rate_per_second: number | null;
            /** Revision */
            revision: number;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * DestinationOut
         * @description What a destination is given now.
         */
        DestinationOut: {
            /** Backoff Until */
            backoff_until: string | null;
            /** Concurrency */
            concurrency: number;
            /** Limit */
            limit: number;
            /** Name */
            name: string;
            /** Reason */
            reason: string | null;
        };
        /**
         * DkimKeyIn
         * @description A new key: generated, or read from `private_key` (PEM) when somebody has one already. It cannot be read back.
         */
        DkimKeyIn: {
            /**
             * Algorithm
             * @enum {string}
             */
            algorithm: "rsa-2048" | "ed25519";
            /** Domain */
            domain: string;
            /** Private Key */
            private_key?: string | null;
            /** Selector */
            selector: string;
        };
        /**
         * DkimKeyOut
         * @description A signing key.
         */
        DkimKeyOut: {
            /** Activated At */
            activated_at: string | null;
            /**
             * Algorithm
             * @enum {string}
             */
            algorithm: "rsa-2048" | "ed25519";
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            dns: components["schemas"]["RecordCheckOut"];
            /** Domain */
            domain: string;
            /** Id */
            id: string;
            record: components["schemas"]["RecordOut"];
            /** Retired At */
            retired_at: string | null;
            /** Selector */
            selector: string;
            /**
             * State
             * @enum {string}
             */
            state: "pending" | "active" | "retired";
        };
        /**
         * DoubtDecision
         * @description What becomes of messages whose outcome nobody knows.
         */
        DoubtDecision: {
            /**
             * Action
             * @enum {string}
             */
            action: "resend" | "skip";
        };
        /**
         * EnvelopeOut
         * @description One recipient of a delivery and what became of the message.
         */
        EnvelopeOut: {
            /** Address */
            address: string;
            /** Attempts */
            attempts: number;
            class: components["schemas"]["BounceClass"] | null;
            /** Enhanced Code */
            enhanced_code: string | null;
            /** Next At */
            next_at: string | null;
            /** Ordinal */
            ordinal: number;
            /** Reply Code */
            reply_code: number | null;
            /** Settled At */
            settled_at: string | null;
            state: components["schemas"]["EnvelopeState"];
            /** Text */
            text: string | null;
            /** Verb */
            verb: string | null;
        };
        /**
         * EnvelopeState
         * @description Where one message to one recipient stands; `envelopes/rules.py` of mailer has the permitted moves.
         * @enum {string}
         */
        EnvelopeState: "queued" | "sending" | "deferred" | "in_doubt" | "sent" | "refused" | "suppressed" | "expired" | "cancelled" | "bounced" | "complained";
        /**
         * ErrorOut
         * @description A mistake that keeps the content from being sent; line and column count from 1.
         */
        ErrorOut: {
            /** Column */
            column: number;
            /** Detail */
            detail: string;
            /** Line */
            line: number;
            /**
             * Part
             * @enum {string}
             */
            part: "subject" | "html" | "text";
        };
        /**
         * ExtensionsOut
         * @description What the server offers.
         */
        ExtensionsOut: {
            /** Chunking */
            chunking: boolean;
            /** Eight Bit */
            eight_bit: boolean;
            /** Pipelining */
            pipelining: boolean;
            /** Size */
            size: number | null;
            /** Smtputf8 */
            smtputf8: boolean;
        };
        /**
         * FaultOut
         * @description A recipient whose message could not be composed.
         */
        FaultOut: {
            /** Address */
            address: string;
            /** Detail */
            detail: string;
            /** Ordinal */
            ordinal: number;
        };
        /**
         * GatewayChangesIn
         * @description New values; a field that is left out stays as it is. `password` null forgets it.
         */
        GatewayChangesIn: {
            /**
             * Connections
             * @default 10
             */
            connections: number;
            /**
             * Helo
             * @default
             */
            helo: string;
            /**
             * Host
             * @default
             */
            host: string;
            /**
             * Is Enabled
             * @default true
             */
            is_enabled: boolean;
            /**
             * Messages Per Connection
             * @default 500
             */
            messages_per_connection: number;
            /**
             * Name
             * @default
             */
            name: string;
            /** Password */
            password?: string | null;
            /**
             * Port
             * @default 25
             */
            port: number;
            /** Rate Per Hour */
            rate_per_hour?: number | null;
            /** Rate Per Second */
            rate_per_second?: number | null;
            /**
             * Sender Domains
             * @default []
             */
            sender_domains: string[];
            /**
             * Tls
             * @default verified
             * @enum {string}
             */
            tls: "none" | "opportunistic" | "required" | "verified";
            /**
             * User
             * @default
             */
            user: string;
            /**
             * Weight
             * @default 1
             */
            weight: number;
        };
        /**
         * GatewayIn
         * @description A new gateway; limits are for the installation, however many processes send.
         */
        GatewayIn: {
            /**
             * Connections
             * @default 10
             */
            connections: number;
            /**
             * Helo
             * @default
             */
            helo: string;
            /** Host */
            host: string;
            /**
             * Is Enabled
             * @default true
             */
            is_enabled: boolean;
            /**
             * Messages Per Connection
             * @default 500
             */
            messages_per_connection: number;
            /** Name */
            name: string;
            /** Password */
            password?: string | null;
            /**
             * Port
             * @default 25
             */
            port: number;
            /** Rate Per Hour */
            rate_per_hour?: number | null;
            /** Rate Per Second */
            rate_per_second?: number | null;
            /**
             * Sender Domains
             * @default []
             */
            sender_domains: string[];
            /**
             * Tls
             * @default verified
             * @enum {string}
             */
            tls: "none" | "opportunistic" | "required" | "verified";
            /**
             * User
             * @default
             */
            user: string;
            /**
             * Weight
             * @default 1
             */
            weight: number;
        };
        /**
         * GatewayOut
         * @description A gateway; `problem` says in plain words why it does not work.
         */
        GatewayOut: {
            /** Connections */
            connections: number;
            /** Has Password */
            has_password: boolean;
            /** Helo */
            helo: string;
            /** Host */
            host: string;
            /** Id */
            id: string;
            /** Is Enabled */
            is_enabled: boolean;
            /** Max Size */
            max_size: number | null;
            /** Messages Per Connection */
            messages_per_connection: number;
            /** Name */
            name: string;
            /**
             * Origin
             * @enum {string}
             */
            origin: "configuration" | "stored";
            /** Port */
            port: number;
            /** Problem */
            problem: string | null;
            /** Rate Per Hour */
            rate_per_hour: number | null;
            /** Rate Per Second */
            rate_per_second: number | null;
            /** Revision */
            revision: number;
            /** Sender Domains */
            sender_domains: string[];
            /**
             * State
             * @enum {string}
             */
            state: "ok" | "failing" | "paused" | "off";
            /**
             * Tls
             * @enum {string}
             */
            tls: "none" | "opportunistic" | "required" | "verified";
            /** Updated At */
            updated_at: string | null;
            /** User */
            user: string;
            /** Weight */
            weight: number;
        };
        /**
         * HookTakenOut
         * @description How many events a request held, and how many of them changed something.
         */
        HookTakenOut: {
            /** Changed */
            changed: number;
            /** Events */
            events: number;
        };
        /**
         * LiftIn
         * @description Why an address may be written to again.
         */
        LiftIn: {
            /** Note */
            note: string;
        };
        /**
         * LinkOut
         * @description A trackable link.
         */
        LinkOut: {
            /** Alias */
            alias: string | null;
            /** Number */
            number: number;
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
         * MachineOut
         * @description A machine that sends, or waits to.
         */
        MachineOut: {
            /** Host */
            host: string;
            /** Is Armed */
            is_armed: boolean;
            /**
             * Last Seen
             * Format: date-time
             */
            last_seen: string;
        };
        /**
         * MergeFieldOut
         * @description A merge field and where it is used.
         */
        MergeFieldOut: {
            /** Name */
            name: string;
            /**
             * Part
             * @enum {string}
             */
            part: "subject" | "html" | "text" | "link";
        };
        /**
         * NoticeAddressOut
         * @description One address of a notice.
         */
        NoticeAddressOut: {
            /** Address */
            address: string;
            /** Attempts */
            attempts: number;
            /**
             * Changed At
             * Format: date-time
             */
            changed_at: string;
            /** Next Attempt At */
            next_attempt_at: string | null;
            /** Reply Code */
            reply_code: number | null;
            /** Reply Text */
            reply_text: string | null;
            state: components["schemas"]["NoticeState"];
        };
        /**
         * NoticeOut
         * @description A short mail to people who work with the installation.
         */
        NoticeOut: {
            /** Addresses */
            addresses: components["schemas"]["NoticeAddressOut"][];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Ended At */
            ended_at: string | null;
            /** Id */
            id: string;
            /**
             * Not After
             * Format: date-time
             */
            not_after: string;
            /** Problem */
            problem: string | null;
            /** Reason */
            reason: string;
            /** Requested By */
            requested_by: string;
            stage: components["schemas"]["NoticeStage"];
            /** Subject */
            subject: string | null;
        };
        /**
         * NoticeStage
         * @description Where a notice stands as a whole.
         * @enum {string}
         */
        NoticeStage: "waiting" | "open" | "ended" | "failed";
        /**
         * NoticeState
         * @description Where a notice to one address stands; `notices/rules.py` of mailer has the permitted moves.
         * @enum {string}
         */
        NoticeState: "queued" | "sending" | "deferred" | "in_doubt" | "sent" | "refused" | "expired";
        /**
         * PaceOut
         * @description Why a delivery is as slow as it is, in plain words.
         */
        PaceOut: {
            /** Reasons */
            reasons: components["schemas"]["SlowReason"][];
            /** Waiting For */
            waiting_for: string | null;
        };
        /** Page[DestinationLimitOut] */
        Page_DestinationLimitOut_: {
            /** Items */
            items: components["schemas"]["DestinationLimitOut"][];
            /** Next */
            next: string | null;
        };
        /** Page[DkimKeyOut] */
        Page_DkimKeyOut_: {
            /** Items */
            items: components["schemas"]["DkimKeyOut"][];
            /** Next */
            next: string | null;
        };
        /** Page[EnvelopeOut] */
        Page_EnvelopeOut_: {
            /** Items */
            items: components["schemas"]["EnvelopeOut"][];
            /** Next */
            next: string | null;
        };
        /** Page[GatewayOut] */
        Page_GatewayOut_: {
            /** Items */
            items: components["schemas"]["GatewayOut"][];
            /** Next */
            next: string | null;
        };
        /** Page[NoticeOut] */
        Page_NoticeOut_: {
            /** Items */
            items: components["schemas"]["NoticeOut"][];
            /** Next */
            next: string | null;
        };
        /** Page[SourceOut] */
        Page_SourceOut_: {
            /** Items */
            items: components["schemas"]["SourceOut"][];
            /** Next */
            next: string | null;
        };
        /** Page[SuppressionOut] */
        Page_SuppressionOut_: {
            /** Items */
            items: components["schemas"]["SuppressionOut"][];
            /** Next */
            next: string | null;
        };
        /**
         * PauseIn
         * @description Why a gateway is to stand still.
         */
        PauseIn: {
            /** Reason */
            reason: string;
        };
        /**
         * PreflightOut
         * @description What was found; a mailing can go when there is no problem, or all there are may be and were overridden.
         */
        PreflightOut: {
            /** Problems */
            problems: components["schemas"]["BlockingOut"][];
            /** Warnings */
            warnings: components["schemas"]["RemarkOut"][];
        };
        /**
         * PreviewIn
         * @description A content document and one recipient to merge it for: ordinal, address, values in the order of `columns`.
         */
        PreviewIn: {
            /** Address Column */
            address_column?: string | null;
            /**
             * Attachments
             * @default []
             */
            attachments: components["schemas"]["Attachment"][];
            /**
             * Charset
             * @default utf-8
             * @enum {string}
             */
            charset: "us-ascii" | "iso-8859-1" | "iso-8859-2" | "iso-8859-3" | "iso-8859-4" | "iso-8859-5" | "iso-8859-6" | "iso-8859-7" | "iso-8859-8" | "iso-8859-9" | "iso-8859-15" | "utf-8" | "gb2312" | "big5" | "iso-2022-jp" | "iso-2022-kr" | "auto";
            /**
             * Columns
             * @default []
             */
            columns: string[];
            /** Delivery Id */
            delivery_id?: string | null;
            /**
             * Delivery Number
             * @default 0
             */
            delivery_number: number;
            /** Html */
            html?: string | null;
            /**
             * Kind
             * @default live
             * @enum {string}
             */
            kind: "live" | "test" | "rehearsal";
            /** List Id */
            list_id?: string | null;
            /** Name Column */
            name_column?: string | null;
            /** Recipient */
            recipient: [
                number,
                string,
                string[]
            ];
            /** Reference Time */
            reference_time?: string | null;
            sender: components["schemas"]["Sender"];
            /** Subject */
            subject: string;
            /**
             * Subject Mark
             * @default
             */
            subject_mark: string;
            /** Text */
            text?: string | null;
            /**
             * @default {
             *       "campaign": [],
             *       "level": "off",
             *       "links": [],
             *       "opens": false,
             *       "profile_columns": [],
             *       "profiles": []
             *     }
             */
            tracking: components["schemas"]["TrackingPlanV1"];
            /**
             * Usage
             * @default merge
             * @enum {string}
             */
            usage: "merge" | "bulk";
        };
        /**
         * PreviewOut
         * @description One merged message, decoded, links as they are without tracking.
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
         * Reason
         * @description Why an address is left alone.
         * @enum {string}
         */
        Reason: "unknown_mailbox" | "mailbox_disabled" | "unknown_domain" | "address_syntax" | "soft_streak" | "complaint" | "unsubscribe" | "manual";
        /**
         * RecordCheckOut
         * @description What the domain name system said when it was last asked.
         */
        RecordCheckOut: {
            /** Checked At */
            checked_at: string | null;
            /** Found */
            found: string | null;
            /** Reason */
            reason: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "found" | "missing" | "different" | "unknown";
        };
        /**
         * RecordOut
         * @description The record to publish.
         */
        RecordOut: {
            /** Name */
            name: string;
            /** Needed Until */
            needed_until: string | null;
            /** Strings */
            strings: string[];
            /**
             * Type
             * @constant
             */
            type: "TXT";
            /** Value */
            value: string;
        };
        /**
         * RehearsalOut
         * @description What a rehearsal shows, while it runs and afterwards.
         */
        RehearsalOut: {
            answers: components["schemas"]["AnswersOut"];
            /** Delivery Id */
            delivery_id: string;
            /** Duration Seconds */
            duration_seconds: number | null;
            /** Fault Count */
            fault_count: number;
            /** Faults */
            faults: components["schemas"]["FaultOut"][];
            /** Rate Per Second */
            rate_per_second: number | null;
            /** Samples */
            samples: components["schemas"]["SampleOut"][];
            state: components["schemas"]["DeliveryState"];
            /** Total */
            total: number;
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
         * SampleOut
         * @description A message that was kept; `number` is its place in the list.
         */
        SampleOut: {
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
         * Sender
         * @description Who the message is from.
         */
        Sender: {
            /** Address */
            address: string;
            /**
             * @default {
             *       "mode": "automatic"
             *     }
             */
            bounces: components["schemas"]["Bounces"];
            /** Name */
            name?: string | null;
            /** Reply To */
            reply_to?: string | null;
        };
        /**
         * SlownessOut
         * @description A reason why things do not go faster.
         */
        SlownessOut: {
            /** Code */
            code: string;
            /** Destination */
            destination: string | null;
            /** Detail */
            detail: string;
            /** Until */
            until: string | null;
        };
        /**
         * SlowReason
         * @description One thing that holds a delivery up.
         */
        SlowReason: {
            /** Code */
            code: string;
            /** Destination */
            destination: string | null;
            /** Detail */
            detail: string;
            /** Envelopes */
            envelopes: number | null;
            /** Gateway */
            gateway: string | null;
            /** Until */
            until: string | null;
        };
        /**
         * SourceOut
         * @description Where reports come from; `silent` is set up and was not heard of yet.
         */
        SourceOut: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "smtp" | "lmtp" | "imap" | "maildir" | "hook";
            /** Last Received At */
            last_received_at: string | null;
            /** Name */
            name: string;
            /** Problem */
            problem: string | null;
            /** Quarantined Count */
            quarantined_count: number;
            /** Received Count */
            received_count: number;
            /**
             * State
             * @enum {string}
             */
            state: "ok" | "failing" | "silent";
            /** Unmatched Count */
            unmatched_count: number;
        };
        /**
         * SuppressByEnvelopeIn
         * @description Whom lui wants left alone, because of which envelope.
         */
        SuppressByEnvelopeIn: {
            /** Address */
            address: string;
            /** Delivery Id */
            delivery_id: string;
            /** Group Id */
            group_id: string | null;
            /** Ordinal */
            ordinal: number;
            /** Reason */
            reason: string;
        };
        /**
         * SuppressedOut
         * @description Committed: no intent from now on will be granted for the address.
         */
        SuppressedOut: {
            /** Is New */
            is_new: boolean;
            /** Suppressed */
            suppressed: boolean;
        };
        /**
         * SuppressIn
         * @description An address that somebody wants left alone.
         */
        SuppressIn: {
            /** Address */
            address: string;
            /** Note */
            note?: string | null;
            /**
             * Scope
             * @default group
             * @enum {string}
             */
            scope: "group" | "global";
        };
        /**
         * SuppressionOut
         * @description An address that is not written to: by its group, or by nobody in the installation (`global`).
         */
        SuppressionOut: {
            /** Added By */
            added_by: string | null;
            /** Address */
            address: string;
            /** Evidence */
            evidence: {
                [key: string]: unknown;
            };
            /** Group Id */
            group_id: string | null;
            /** Id */
            id: string;
            /** Lift Note */
            lift_note: string | null;
            /** Lifted At */
            lifted_at: string | null;
            /** Lifted By */
            lifted_by: string | null;
            /** Note */
            note: string | null;
            reason: components["schemas"]["Reason"];
            /**
             * Scope
             * @enum {string}
             */
            scope: "group" | "global";
            /**
             * Since
             * Format: date-time
             */
            since: string;
        };
        /**
         * SuppressionStoppedOut
         * @description Reports were so unusual that they suppress nobody until somebody looked.
         */
        SuppressionStoppedOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Reason */
            reason: string;
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
         * TrackingLevel
         * @description How much a delivery may learn about a recipient, least first.
         * @enum {string}
         */
        TrackingLevel: "off" | "blind" | "unique" | "anonymous" | "personal";
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
         * TrafficOut
         * @description What all processes together do with a gateway; a few seconds old. `as_of` null: no process sends.
         */
        TrafficOut: {
            /** As Of */
            as_of: string | null;
            /** Connections Open */
            connections_open: number;
            /** Destinations */
            destinations: components["schemas"]["DestinationOut"][];
            /** Rate Per Second */
            rate_per_second: number;
            /** Slowness */
            slowness: components["schemas"]["SlownessOut"][];
            /** Used This Hour */
            used_this_hour: number;
        };
        /**
         * WarningOut
         * @description Something worth knowing that does not keep the content from being sent.
         */
        WarningOut: {
            /** Detail */
            detail: string;
            /**
             * Part
             * @enum {string}
             */
            part: "subject" | "html" | "text";
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
    arm_installation_api_v1_arm_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
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
                    "application/json": components["schemas"]["ArmingOut"];
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
            /** @description Nothing is held back */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_arming_api_v1_arming_get: {
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
                    "application/json": components["schemas"]["ArmingOut"];
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
    list_bounce_sources_api_v1_bounce_sources_get: {
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
                    "application/json": components["schemas"]["Page_SourceOut_"];
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
    show_delivery_api_v1_deliveries__delivery_id__get: {
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
    read_bounces_api_v1_deliveries__delivery_id__bounces_get: {
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
                    "application/json": components["schemas"]["BouncesOut"];
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
    download_bounces_api_v1_deliveries__delivery_id__bounces_csv_get: {
        parameters: {
            query?: {
                class?: (components["schemas"]["BounceClass"] | "complaint")[] | null;
                reasons?: boolean;
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
    resume_suppression_api_v1_deliveries__delivery_id__bounces_resume_suppression_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
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
                    "application/json": components["schemas"]["BouncesOut"];
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
            /** @description Suppressing was not stopped for this delivery */
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
                    "application/json": components["schemas"]["Page_EnvelopeOut_"];
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
    decide_doubt_api_v1_deliveries__delivery_id__in_doubt_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DoubtDecision"];
            };
        };
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
            /** @description Nothing waits for a decision */
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
    show_pace_api_v1_deliveries__delivery_id__pace_get: {
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
                    "application/json": components["schemas"]["PaceOut"];
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
            /** @description There is no such delivery; There is no such rehearsal; There is no such sample */
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
    list_destination_limits_api_v1_destination_limits_get: {
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
                    "application/json": components["schemas"]["Page_DestinationLimitOut_"];
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
    set_destination_limit_api_v1_destination_limits__name__put: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DestinationLimitIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DestinationLimitOut"];
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
    remove_destination_limit_api_v1_destination_limits__name__delete: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                name: string;
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
            /** @description There is no limit for this destination */
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
    list_keys_api_v1_dkim_keys_get: {
        parameters: {
            query?: {
                after?: string | null;
                limit?: number;
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
                    "application/json": components["schemas"]["Page_DkimKeyOut_"];
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
    create_key_api_v1_dkim_keys_post: {
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
                "application/json": components["schemas"]["DkimKeyIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DkimKeyOut"];
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
            /** @description This selector is taken; Secrets cannot be kept yet */
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
    show_key_api_v1_dkim_keys__key_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
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
                    "application/json": components["schemas"]["DkimKeyOut"];
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
            /** @description There is no such signing key */
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
    delete_key_api_v1_dkim_keys__key_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
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
            /** @description There is no such signing key */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key is active */
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
    activate_key_api_v1_dkim_keys__key_id__activate_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ActivateIn"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DkimKeyOut"];
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
            /** @description There is no such signing key */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key's DNS record was not found */
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
    check_key_api_v1_dkim_keys__key_id__check_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                key_id: string;
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
                    "application/json": components["schemas"]["DkimKeyOut"];
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
            /** @description There is no such signing key */
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
    retire_key_api_v1_dkim_keys__key_id__retire_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                key_id: string;
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
                    "application/json": components["schemas"]["DkimKeyOut"];
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
            /** @description There is no such signing key */
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
    list_gateways_api_v1_gateways_get: {
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
                    "application/json": components["schemas"]["Page_GatewayOut_"];
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
    create_gateway_api_v1_gateways_post: {
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
                "application/json": components["schemas"]["GatewayIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayOut"];
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
            /** @description There is a gateway of that name; Secrets cannot be kept yet */
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
    get_gateway_api_v1_gateways__gateway_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gateway_id: string;
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
                    "application/json": components["schemas"]["GatewayOut"];
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
            /** @description There is no such gateway */
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
    delete_gateway_api_v1_gateways__gateway_id__delete: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                gateway_id: string;
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
            /** @description There is no such gateway */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This gateway is set up by the deployment */
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
    change_gateway_api_v1_gateways__gateway_id__patch: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                gateway_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GatewayChangesIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayOut"];
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
            /** @description There is no such gateway */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This gateway is set up by the deployment; There is a gateway of that name; Secrets cannot be kept yet */
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
    check_gateway_api_v1_gateways__gateway_id__check_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                gateway_id: string;
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
                    "application/json": components["schemas"]["CheckOut"];
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
            /** @description There is no such gateway */
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
            /** @description Other gateways are being checked */
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
    pause_gateway_api_v1_gateways__gateway_id__pause_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                gateway_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PauseIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayOut"];
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
            /** @description There is no such gateway */
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
    resume_gateway_api_v1_gateways__gateway_id__resume_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                gateway_id: string;
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
                    "application/json": components["schemas"]["GatewayOut"];
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
            /** @description There is no such gateway */
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
    get_traffic_api_v1_gateways__gateway_id__traffic_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gateway_id: string;
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
                    "application/json": components["schemas"]["TrafficOut"];
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
            /** @description There is no such gateway */
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
    list_notices_api_v1_notices_get: {
        parameters: {
            query?: {
                after?: string | null;
                limit?: number;
                only?: ("open" | "failed") | null;
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
                    "application/json": components["schemas"]["Page_NoticeOut_"];
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
    list_suppressions_api_v1_suppressions_get: {
        parameters: {
            query?: {
                after?: string | null;
                lifted?: boolean;
                limit?: number;
                reason?: components["schemas"]["Reason"] | null;
                scope?: ("group" | "global") | null;
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
                    "application/json": components["schemas"]["Page_SuppressionOut_"];
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
    add_suppression_api_v1_suppressions_post: {
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
                "application/json": components["schemas"]["SuppressIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuppressionOut"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuppressionOut"];
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
            /** @description Only an administrator may change this for everybody */
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
    export_suppressions_api_v1_suppressions_csv_get: {
        parameters: {
            query?: {
                lifted?: boolean;
                reason?: components["schemas"]["Reason"] | null;
                scope?: ("group" | "global") | null;
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
    lift_suppression_api_v1_suppressions__suppression_id__lift_post: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                suppression_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LiftIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuppressionOut"];
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
            /** @description Only an administrator may change this for everybody */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such suppression */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This suppression was lifted already */
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
    take_reports_hooks_bounces__provider__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
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
                    "application/json": components["schemas"]["HookTakenOut"];
                };
            };
            /** @description This request is not signed as agreed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This hook is not set up */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This request cannot be read */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Come back a little later */
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
    check_content_internal_v1_content_check_post: {
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
                "application/json": components["schemas"]["ContentCheckIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContentCheckOut"];
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
    read_bounced_internal_v1_deliveries__delivery_id__bounced_get: {
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
    preflight_internal_v1_preflight_post: {
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
                "application/json": components["schemas"]["ContentDocument"];
            };
        };
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
    preview_internal_v1_preview_post: {
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
                "application/json": components["schemas"]["PreviewIn"];
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
            /** @description The content has mistakes */
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
    suppress_by_envelope_internal_v1_suppressions_by_envelope_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SuppressByEnvelopeIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuppressedOut"];
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
}
