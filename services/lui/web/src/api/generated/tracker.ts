// Generated from openapi.json by `npm run client`. Never edited by hand.

export interface paths {
    "/api/v1/deliveries/{delivery_id}/over-time": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Report Delivery Over Time
         * @description One delivery's opens and clicks by interval of local time, zeros included.
         */
        get: operations["report_delivery_over_time_api_v1_deliveries__delivery_id__over_time_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{delivery_id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Report Delivery
         * @description Sums of one delivery's opens and clicks; every recorded hit counts unless `judged=human`.
         */
        get: operations["report_delivery_api_v1_deliveries__delivery_id__report_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/judgement-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Rules
         * @description The rules by which people are told from machines.
         */
        get: operations["list_rules_api_v1_judgement_rules_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/judgings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Judge Anew
         * @description Have recorded reactions judged by the present rules; the counters follow while that goes on.
         */
        post: operations["judge_anew_api_v1_judgings_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/privacy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Describe Privacy
         * @description What is stored at each level, for how long, and who can see it; told by the rules that decide it.
         */
        get: operations["describe_privacy_api_v1_privacy_get"];
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
    "/internal/v1/deliveries/{number}/reacted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Reacted
         * @description Who reacted: bit n of the octets, least significant first, says whether ordinal n did.
         */
        get: operations["list_reacted_internal_v1_deliveries__number__reacted_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/v1/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Report Deliveries
         * @description Sums over the live ones of some deliveries.
         */
        get: operations["report_deliveries_internal_v1_report_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/v1/report/over-time": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Report Deliveries Over Time
         * @description Opens and clicks of the live ones of some deliveries by interval of local time, zeros included.
         */
        get: operations["report_deliveries_over_time_internal_v1_report_over_time_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/v1/reports/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count Reactions
         * @description Sums, and lines when an interval is given, of several sources over the live ones of their deliveries.
         */
        post: operations["count_reactions_internal_v1_reports_count_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/v1/reports/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Page People
         * @description Who reacted, by their numbers; at anonymous which profiles.
         */
        post: operations["page_people_internal_v1_reports_people_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/v1/reports/reactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Page Reactions
         * @description Every single reaction, oldest first.
         */
        post: operations["page_reactions_internal_v1_reports_reactions_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/v1/reports/sums": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sum Deliveries
         * @description Totals of each delivery.
         */
        post: operations["sum_deliveries_internal_v1_reports_sums_post"];
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
         * ClicksOut
         * @description Followed links.
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
         * CountIn
         * @description Sums, and lines when an interval is given.
         */
        CountIn: {
            /**
             * Count
             * @default total
             * @enum {string}
             */
            count: "total" | "unique";
            /** End */
            end?: string | null;
            interval?: components["schemas"]["Interval"] | null;
            /** Judged */
            judged?: "human" | null;
            /** Sources */
            sources: components["schemas"]["SourceIn"][];
            /** Start */
            start?: string | null;
            /**
             * Time Zone
             * @default UTC
             */
            time_zone: string;
        };
        /**
         * CountOut
         * @description Everything asked, of one moment.
         */
        CountOut: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Notes */
            notes: string[];
            /** Rules Version */
            rules_version: number;
            /** Sources */
            sources: components["schemas"]["SourceOut"][];
        };
        /**
         * DeliveryKind
         * @description Why a delivery is sent; only live ones count in reports.
         * @enum {string}
         */
        DeliveryKind: "live" | "test" | "rehearsal";
        /**
         * DeliveryReportOut
         * @description Sums of one delivery's reactions; what a test or a rehearsal got counts nowhere else.
         */
        DeliveryReportOut: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** By Link */
            by_link: components["schemas"]["LinkOut"][];
            clicks: components["schemas"]["ClicksOut"];
            /** Delivery Id */
            delivery_id: string;
            kind: components["schemas"]["DeliveryKind"];
            level: components["schemas"]["TrackingLevel"];
            opens: components["schemas"]["OpensOut"];
            /** Rules Version */
            rules_version: number;
        };
        /**
         * DeliverySumsOut
         * @description One delivery's totals.
         */
        DeliverySumsOut: {
            /** Clicked */
            clicked: number | null;
            /** Clicks */
            clicks: number;
            /** Delivery Id */
            delivery_id: string;
            /** Human Clicked */
            human_clicked: number | null;
            /** Human Clicks */
            human_clicks: number;
            /** Human Opened */
            human_opened: number | null;
            /** Human Opens */
            human_opens: number;
            /** Opened */
            opened: number | null;
            /** Opens */
            opens: number;
        };
        /**
         * Interval
         * @description Width of a report's points, by local time.
         * @enum {string}
         */
        Interval: "hour" | "day" | "week" | "month";
        /**
         * JudgingIn
         * @description Which deliveries are to be judged anew.
         */
        JudgingIn: {
            /** Delivery Ids */
            delivery_ids?: string[] | null;
        };
        /**
         * JudgingOut
         * @description What is judged anew from now on, while nothing stands still.
         */
        JudgingOut: {
            /** Deliveries */
            deliveries: number;
            /** Rules Version */
            rules_version: number;
        };
        /**
         * KeptForOut
         * @description How long something is kept.
         */
        KeptForOut: {
            /** Months */
            months: number | null;
            /**
             * What
             * @enum {string}
             */
            what: "reactions" | "recipients" | "counters";
        };
        /**
         * LabelOut
         * @description What one label of a source came to; `label` is the number for action tags.
         */
        LabelOut: {
            /** Html */
            html: number;
            /** Human People */
            human_people: number | null;
            /** Humans */
            humans: number;
            /** Label */
            label: string;
            /** People */
            people: number | null;
            /** Text */
            text: number;
            /** Total */
            total: number;
        };
        /**
         * LevelOut
         * @description What one level means.
         */
        LevelOut: {
            /** Counts People */
            counts_people: boolean;
            /** Kept For */
            kept_for: components["schemas"]["KeptForOut"][];
            level: components["schemas"]["TrackingLevel"];
            /** Reaction Source */
            reaction_source: boolean;
            /** Recipient Reports */
            recipient_reports: boolean;
            /** Seen By */
            seen_by: components["schemas"]["SeenByOut"][];
            /** Stored */
            stored: components["schemas"]["StoredOut"][];
            without_consent: components["schemas"]["TrackingLevel"];
        };
        /**
         * LinkOut
         * @description Followed links, one of them.
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
            /** Total */
            total: number;
            /** Unique */
            unique: number | null;
            /** Url */
            url: string;
        };
        /**
         * OpensOut
         * @description Loads of the pixel.
         */
        OpensOut: {
            /** Total */
            total: number;
            /** Unique */
            unique: number | null;
        };
        /**
         * OverTimeOut
         * @description Reactions over time: all series have the same starts.
         */
        OverTimeOut: {
            /** Notes */
            notes: string[];
            /** Series */
            series: components["schemas"]["SeriesOut"][];
        };
        /**
         * PageIn
         * @description Rows after a place.
         */
        PageIn: {
            /** After */
            after?: (number | string)[] | null;
            /** End */
            end?: string | null;
            /** Judged */
            judged?: "human" | null;
            /**
             * Limit
             * @default 500
             */
            limit: number;
            /** Sources */
            sources: components["schemas"]["SourceIn"][];
            /** Start */
            start?: string | null;
        };
        /**
         * PeopleOut
         * @description A page of recipients.
         */
        PeopleOut: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Next */
            next: (number | string)[] | null;
            /** Notes */
            notes: string[];
            /** Rows */
            rows: components["schemas"]["PersonOut"][];
            /** Rules Version */
            rules_version: number;
        };
        /**
         * PersonOut
         * @description A recipient (or, at anonymous, a profile) who reacted to a source.
         */
        PersonOut: {
            /** Delivery Id */
            delivery_id: string;
            /**
             * First At
             * Format: date-time
             */
            first_at: string;
            /** Hits */
            hits: number;
            /** Is Human */
            is_human: boolean;
            /** Source */
            source: number;
            /** Subject */
            subject: number;
        };
        /**
         * PrivacyOut
         * @description What every level means, in the order in which they know more.
         */
        PrivacyOut: {
            /** Levels */
            levels: components["schemas"]["LevelOut"][];
            /** Rules Version */
            rules_version: number;
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
         * ReactionKind
         * @description What a recipient did.
         * @enum {string}
         */
        ReactionKind: "open" | "click" | "action";
        /**
         * ReactionOut
         * @description One recorded reaction.
         */
        ReactionOut: {
            /** Agent */
            agent: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Delivery Id */
            delivery_id: string;
            /** Judgement */
            judgement: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "open" | "click" | "action";
            /** Label */
            label: string | null;
            /** Network Class */
            network_class: string;
            /** Part */
            part: string;
            /** Rule */
            rule: string;
            /** Source */
            source: number;
            /** Subject */
            subject: number;
        };
        /**
         * ReactionsOut
         * @description A page of raw reactions.
         */
        ReactionsOut: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Next */
            next: (number | string)[] | null;
            /** Notes */
            notes: string[];
            /** Rows */
            rows: components["schemas"]["ReactionOut"][];
            /** Rules Version */
            rules_version: number;
        };
        /**
         * ReportOut
         * @description Sums of reactions.
         */
        ReportOut: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** By Link */
            by_link: components["schemas"]["LinkOut"][];
            clicks: components["schemas"]["ClicksOut"];
            opens: components["schemas"]["OpensOut"];
            /** Rules Version */
            rules_version: number;
        };
        /**
         * RuleOut
         * @description One rule of judgement.
         */
        RuleOut: {
            /** Explanation */
            explanation: string;
            /** Judgement */
            judgement: string;
            /** Name */
            name: string;
        };
        /**
         * RulesOut
         * @description The rules by which reactions are judged now, in the order in which they are asked.
         */
        RulesOut: {
            /** Rules */
            rules: components["schemas"]["RuleOut"][];
            /** Rules Version */
            rules_version: number;
        };
        /**
         * SeenByOut
         * @description Which rights it takes to see something.
         */
        SeenByOut: {
            /** Rights */
            rights: string[];
            /**
             * What
             * @enum {string}
             */
            what: "counters" | "recipients";
        };
        /**
         * SeriesOut
         * @description One line of a chart.
         */
        SeriesOut: {
            /**
             * Name
             * @enum {string}
             */
            name: "opens" | "clicks html" | "clicks text";
            /** Points */
            points: [
                string,
                number
            ][];
        };
        /**
         * SourceIn
         * @description One thing to count in some deliveries.
         */
        SourceIn: {
            /** Delivery Ids */
            delivery_ids: string[];
            /**
             * Event
             * @enum {string}
             */
            event: "opens" | "clicks" | "clicks_html" | "clicks_text" | "actions";
            /** Labels */
            labels?: string[] | null;
            /** Tags */
            tags?: number[] | null;
        };
        /**
         * SourceOut
         * @description What one source came to.
         */
        SourceOut: {
            /** Human People */
            human_people: number | null;
            /** Humans */
            humans: number;
            /** Labels */
            labels: components["schemas"]["LabelOut"][];
            /** People */
            people: number | null;
            /** Points */
            points: [
                string,
                number
            ][];
            /** Total */
            total: number;
            /** Unknown Labels */
            unknown_labels: string[];
        };
        /**
         * StoredOut
         * @description One thing that is recorded of a reaction.
         */
        StoredOut: {
            /** Kept */
            kept: string;
            /**
             * What
             * @enum {string}
             */
            what: "who" | "when" | "program" | "network" | "delay";
        };
        /**
         * SumsIn
         * @description Which deliveries.
         */
        SumsIn: {
            /** Delivery Ids */
            delivery_ids: string[];
        };
        /**
         * SumsOut
         * @description Totals of deliveries, those unknown here left out.
         */
        SumsOut: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Deliveries */
            deliveries: components["schemas"]["DeliverySumsOut"][];
            /** Rules Version */
            rules_version: number;
        };
        /**
         * TrackingLevel
         * @description How much a delivery may learn about a recipient, least first.
         * @enum {string}
         */
        TrackingLevel: "off" | "blind" | "unique" | "anonymous" | "personal";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    report_delivery_over_time_api_v1_deliveries__delivery_id__over_time_get: {
        parameters: {
            query: {
                interval: components["schemas"]["Interval"];
                /** @description Leave out what was judged a machine. */
                judged?: "human" | null;
                /** @description IANA name. */
                time_zone?: string;
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
            /** @description There is no such delivery */
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
    report_delivery_api_v1_deliveries__delivery_id__report_get: {
        parameters: {
            query?: {
                /** @description Leave out what was judged a machine. */
                judged?: "human" | null;
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
                    "application/json": components["schemas"]["DeliveryReportOut"];
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
    list_rules_api_v1_judgement_rules_get: {
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
                    "application/json": components["schemas"]["RulesOut"];
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
    judge_anew_api_v1_judgings_post: {
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
                "application/json": components["schemas"]["JudgingIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JudgingOut"];
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
    describe_privacy_api_v1_privacy_get: {
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
                    "application/json": components["schemas"]["PrivacyOut"];
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
    list_reacted_internal_v1_deliveries__number__reacted_get: {
        parameters: {
            query: {
                judged?: "human" | null;
                kind: components["schemas"]["ReactionKind"];
                /** @description Numbers; none: any of them. */
                link?: number[];
            };
            header?: never;
            path: {
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
            /** @description At this level nobody can tell who reacted */
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
    report_deliveries_internal_v1_report_get: {
        parameters: {
            query: {
                delivery_id: string[];
                /** @description Leave out what was judged a machine. */
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
    report_deliveries_over_time_internal_v1_report_over_time_get: {
        parameters: {
            query: {
                delivery_id: string[];
                interval: components["schemas"]["Interval"];
                /** @description Leave out what was judged a machine. */
                judged?: "human" | null;
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
    count_reactions_internal_v1_reports_count_post: {
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
                "application/json": components["schemas"]["CountIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountOut"];
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
    page_people_internal_v1_reports_people_post: {
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
                "application/json": components["schemas"]["PageIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeopleOut"];
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
    page_reactions_internal_v1_reports_reactions_post: {
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
                "application/json": components["schemas"]["PageIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReactionsOut"];
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
    sum_deliveries_internal_v1_reports_sums_post: {
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
                "application/json": components["schemas"]["SumsIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SumsOut"];
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
