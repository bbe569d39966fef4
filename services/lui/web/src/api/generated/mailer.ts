// Generated from openapi.json by `npm run client`. Never edited by hand.

export interface paths {
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
        post?: never;
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
         * BounceClass
         * @description Why a message was not taken or came back.
         * @enum {string}
         */
        BounceClass: "unknown_mailbox" | "unknown_domain" | "mailbox_disabled" | "mailbox_full" | "message_too_large" | "content_refused" | "policy" | "greylisted" | "rate_limited" | "network" | "protocol" | "address_syntax" | "unclassified";
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
         * ContentCheckIn
         * @description Content to be checked; `columns` null means that the recipients are not known yet.
         */
        ContentCheckIn: {
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
        /** Page[EnvelopeOut] */
        Page_EnvelopeOut_: {
            /** Items */
            items: components["schemas"]["EnvelopeOut"][];
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
         * PreviewIn
         * @description A content document and one recipient to merge it for: ordinal, address, values in the order of `columns`.
         */
        PreviewIn: {
            /** Address Column */
            address_column?: string | null;
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
             *       "level": "off",
             *       "links": [],
             *       "opens": false
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
         * SuppressionOut
         * @description An address that is not written to; `group_id` null means by nobody in the installation.
         */
        SuppressionOut: {
            /** Address */
            address: string;
            /** Group Id */
            group_id: string | null;
            /** Id */
            id: string;
            /** Reason */
            reason: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
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
         */
        TrackingPlanV1: {
            level: components["schemas"]["TrackingLevel"];
            /** Links */
            links: components["schemas"]["TrackedLinkV1"][];
            /** Opens */
            opens: boolean;
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
    list_suppressions_api_v1_suppressions_get: {
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
