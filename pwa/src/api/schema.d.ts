/** Generated from the server’s OpenAPI description by `npm run api`: never edited by hand. */

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        About: {
            org: components["schemas"]["AboutOrg"] | null;
            counties: components["schemas"]["AboutOrg"][];
            demo: components["schemas"]["Demo"] | null;
        };
        AboutOrg: {
            code: string;
            readonly name: unknown;
            demo: boolean;
        };
        AnswerLine: {
            path: string;
            label: components["schemas"]["Bilingual"];
            value_text: components["schemas"]["Bilingual"];
            raw: unknown;
            class: string;
            calculated: boolean;
            group: components["schemas"]["Bilingual"] | null;
            attachment: components["schemas"]["Attachment"] | null;
        };
        ApprovalItem: {
            /** Format: uuid */
            visit: string;
            /** Format: uuid */
            revision: string;
        };
        Approvals: {
            items: components["schemas"]["ApprovalItem"][];
        };
        ApprovalsAnswer: {
            results: components["schemas"]["Settled"][];
        };
        Asked: {
            /** @enum {string} */
            format: "xlsx" | "csv" | "csv-excel";
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            states?: ("received" | "returned" | "approved" | "withdrawn")[];
            forms?: string[];
            teams?: string[];
            communities?: string[];
            /** @default false */
            names: boolean;
            /** @default false */
            sensitive: boolean;
            /** @default  */
            purpose: string;
            /**
             * @default zh
             * @enum {string}
             */
            language: "zh" | "en";
        };
        AskedLine: {
            /** Format: uuid */
            record: string;
            path: string;
            label: components["schemas"]["Bilingual"];
            text: string;
            answer: components["schemas"]["FieldAnswer"] | null;
        };
        Attachment: {
            sha256: string | null;
            name: string;
            type: string | null;
            bytes: number | null;
            said_at: string | null;
            /** @enum {string} */
            state: "awaited" | "preview" | "here" | "aside" | "lost";
            reason: string | null;
        };
        Audit: {
            items: components["schemas"]["AuditRow"][];
            next: string | null;
        };
        AuditRow: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            user_id: string | null;
            device_id: string | null;
            action: string;
            target_kind: string | null;
            target_id: string | null;
            detail: {
                [key: string]: unknown;
            };
            request_id: string | null;
        };
        Bilingual: {
            zh: string;
            en: string;
        };
        ChangesAnswer: {
            token: string;
            changed: number;
        };
        Choice: {
            field: string;
            /** Format: uuid */
            revision: string;
        };
        Clock: {
            certain: boolean;
            offset_ms: number | null;
        };
        Close: {
            note: string;
        };
        Closed: {
            /** Format: uuid */
            id: string;
            state: string;
        };
        Code: {
            code: string;
            /** Format: date-time */
            expires_at: string;
        };
        Comment: {
            /** Format: uuid */
            record: string;
            path: string;
            text: string;
        };
        Compared: {
            from: components["schemas"]["Revision"];
            to: components["schemas"]["Revision"];
            records: components["schemas"]["ComparedRecord"][];
        };
        ComparedRecord: {
            /** Format: uuid */
            record: string;
            title: components["schemas"]["Bilingual"];
            about: string | null;
            rows: components["schemas"]["ComparedRow"][];
        };
        ComparedRow: {
            path: string;
            label: components["schemas"]["Bilingual"];
            group: components["schemas"]["Bilingual"] | null;
            before: components["schemas"]["AnswerLine"] | null;
            after: components["schemas"]["AnswerLine"] | null;
            changed: boolean;
            asked: string | null;
            answer: components["schemas"]["FieldAnswer"] | null;
        };
        Counts: {
            received: number;
            flagged: number;
            returned_back: number;
            two_versions: number;
            returned: number;
            approved: number;
        };
        Decision: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            visit: string;
            /** Format: uuid */
            revision: string;
            kind: string;
            /** Format: uuid */
            undoes: string | null;
            words: string | null;
            /** Format: date */
            by_day: string | null;
            comments: components["schemas"]["Comment"][];
            readonly at?: unknown;
        };
        DecisionLine: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "approve" | "return" | "undo" | "withdraw";
            by: string;
            at: string;
            words: string | null;
            undone: boolean;
            /** Format: date */
            by_day: string | null;
            comments: components["schemas"]["AskedLine"][];
        };
        Demo: {
            password: string;
            accounts: components["schemas"]["DemoAccount"][];
        };
        DemoAccount: {
            username: string;
            name: string;
            role: string;
        };
        Device: {
            /** Format: uuid */
            id: string;
            label: string;
            /** Format: date-time */
            enrolled_at: string;
            /** Format: date-time */
            heard_at: string | null;
            /** Format: date-time */
            revoked_at: string | null;
        };
        Differing: {
            field: string;
            /** @enum {string} */
            kind: "answer" | "row" | "record" | "file" | "participant" | "subject" | "place" | "entry" | "check_in" | "check_out" | "helpers_unnamed";
            /** Format: uuid */
            record: string | null;
            label: components["schemas"]["Bilingual"] | null;
            group: components["schemas"]["Bilingual"] | null;
            conflict: boolean;
            values: components["schemas"]["Said"][];
        };
        Draft: {
            /** @enum {string} */
            kind: "approve" | "return";
            /** Format: uuid */
            revision: string;
            /** @default null */
            words: string | null;
            /**
             * Format: date
             * @default null
             */
            by_day: string | null;
            comments?: components["schemas"]["Comment"][];
        };
        Enrolled: {
            /** Format: uuid */
            device: string;
            user: components["schemas"]["Person"];
            org: components["schemas"]["Org"];
            /** Format: uuid */
            epoch: string;
            server_time: string;
        };
        Enrolment: {
            code: string;
            public_key: components["schemas"]["Key"];
            label: string;
        };
        FieldAnswer: {
            /** @enum {string} */
            said: "changed" | "right" | "cannot";
            reason: string | null;
        };
        FiltersAnswer: {
            teams: components["schemas"]["NamedBoth"][];
            communities: components["schemas"]["Named"][];
            forms: components["schemas"]["FormName"][];
            volunteers: components["schemas"]["Named"][];
            flags: string[];
        };
        Flag: {
            code: string;
            detail: {
                [key: string]: unknown;
            };
        };
        FollowLine: {
            /** Format: uuid */
            entity: string;
            list: string;
            label: string;
            /** @enum {string} */
            state: "active" | "closed";
            made_here: boolean;
            /** @enum {string|null} */
            gone: "moved" | "deceased" | null;
            followers: components["schemas"]["FollowerLine"][];
            members: components["schemas"]["MemberLine"][];
        };
        Follower: {
            /** @enum {string} */
            by: "volunteer" | "team" | "nobody";
            /**
             * Format: uuid
             * @default null
             */
            user: string | null;
        };
        FollowerLine: {
            /** Format: uuid */
            user: string | null;
            name: string | null;
        };
        Form: {
            form: string;
            title: components["schemas"]["FormWords"];
            /** @description null: for every team */
            programme: components["schemas"]["FormProgramme"] | null;
            kind: string;
            current_version: string | null;
            changed_at: string | null;
            versions: components["schemas"]["FormVersion"][];
        };
        FormAgainst: {
            version: string;
            published_at: string;
        };
        FormChange: {
            code: string;
            zh: string;
            en: string;
        };
        FormDiff: {
            against: components["schemas"]["FormAgainst"];
            changes: components["schemas"]["FormDifference"][];
        };
        FormDifference: {
            code: string;
            /** @description the question; blank: the form itself */
            name: string;
            attention: boolean;
            zh: string;
            en: string;
            meaning_zh: string;
            meaning_en: string;
        };
        FormFinding: {
            code: string;
            /** @description error or warning */
            severity: string;
            /** @description a sheet, or the name of one of the form's own files */
            sheet: string;
            row: number | null;
            column: string | null;
            zh: string;
            en: string;
        };
        FormLookedOver: {
            form: string | null;
            version: string | null;
            title: components["schemas"]["FormWords"] | null;
            /** @description all of it on one page on the phone */
            one_page: boolean;
            publishable: boolean;
            findings: components["schemas"]["FormFinding"][];
            sheets: components["schemas"]["FormSheet"][];
            changed: components["schemas"]["FormChange"][];
            xform: string | null;
            /** @description invented rows of the county's lists that the form reads, as csv */
            lists: {
                [key: string]: string;
            };
            sizes: components["schemas"]["FormSizes"] | null;
            diff: components["schemas"]["FormDiff"] | null;
        };
        FormName: {
            form: string;
            title: components["schemas"]["Bilingual"];
        };
        FormProgramme: {
            zh: string;
            en: string;
            key: string;
        };
        FormPublished: {
            form: string;
            version: string;
            sha256: string;
            bytes: number;
            new: boolean;
            changed: components["schemas"]["FormChange"][];
            findings: components["schemas"]["FormFinding"][];
        };
        FormSheet: {
            name: string;
            header: string[];
            rows: string[][];
        };
        FormSizes: {
            questions: number;
            xform_bytes: number;
            media_bytes: number;
            longest_list: number;
            open_ms: number | null;
        };
        FormVersion: {
            version: string;
            sha256: string;
            bytes: number;
            questions: number;
            published_at: string;
            published_by: string | null;
            current: boolean;
            /** @description whether it can be downloaded */
            workbook: boolean;
        };
        FormWords: {
            zh: string;
            en: string;
        };
        Forms: {
            items: components["schemas"]["Form"][];
        };
        Grant: {
            /** Format: uuid */
            id: string;
            role: string;
            scope_kind: string;
            scope_id: string | null;
            sensitive: boolean;
        };
        HistoryLine: {
            /** Format: uuid */
            visit: string;
            /** Format: date */
            day: string;
            form_title: components["schemas"]["Bilingual"];
            state: string;
            user_name: string;
            how: components["schemas"]["Bilingual"] | null;
        };
        Job: {
            id?: string;
            /** @description queued, running, done, failed or cancelled */
            state?: string;
            asked?: {
                [key: string]: unknown;
            };
            done_rows?: number;
            total_rows?: number | null;
            filename?: string | null;
            bytes?: number | null;
            /** @description title and detail in the reader's language */
            problem?: {
                [key: string]: unknown;
            } | null;
            created_at?: string;
            ended_at?: string | null;
        };
        JobList: {
            items?: components["schemas"]["Job"][];
        };
        Kept: {
            id: string;
        };
        Key: {
            kty: string;
            crv: string;
            x: string;
            y: string;
        } & {
            [key: string]: unknown;
        };
        May: {
            decide: boolean;
        };
        Me: {
            user: components["schemas"]["Person"];
            org: components["schemas"]["Org"];
            roles: components["schemas"]["Role"][];
            permissions: string[];
        };
        MemberLine: {
            /** Format: uuid */
            user: string;
            name: string;
        };
        Mend: {
            records: components["schemas"]["MendedRecord"][];
            reason: string;
        };
        Mendable: {
            body: {
                [key: string]: unknown;
            };
            forms: components["schemas"]["MendableForm"][];
        };
        MendableForm: {
            /** Format: uuid */
            record: string;
            form: string;
            version: string;
            sha256: string;
            title: components["schemas"]["Bilingual"];
        };
        MendedRecord: {
            /** Format: uuid */
            record: string;
            xml: string;
            list_rows?: {
                [key: string]: unknown;
            };
        };
        Named: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        NamedBoth: {
            /** Format: uuid */
            id: string;
            name: components["schemas"]["Bilingual"];
        };
        NewGrant: {
            /** @enum {string} */
            role: "volunteer" | "leader" | "supervisor" | "headquarters" | "administrator" | "auditor";
            /** @enum {string} */
            scope_kind: "county" | "community" | "team";
            /**
             * Format: uuid
             * @default null
             */
            scope_id: string | null;
            /** @default false */
            sensitive: boolean;
        };
        NewNote: {
            text: string;
        };
        NewUser: {
            name: string;
            /**
             * @default zh
             * @enum {string}
             */
            language: "zh" | "en";
            /** @default null */
            username: string | null;
            /** @default null */
            password: string | null;
        };
        Note: {
            /** Format: uuid */
            id: string;
            by: string;
            at: string;
            text: string;
            mine: boolean;
        };
        NoticeLine: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "corrected" | "noted" | "withdrawn" | "registered" | "quarantined" | "numbers_missing" | "numbers_doubled";
            at: string;
            /** Format: uuid */
            visit: string | null;
            /** Format: uuid */
            item: string | null;
            by: string;
            words: string | null;
            read: boolean;
        };
        NoticesPage: {
            items: components["schemas"]["NoticeLine"][];
            unread: number;
            /** Format: uuid */
            next: string | null;
        };
        OpenForm: {
            /** Format: uuid */
            record: string;
            form: string;
            version: string;
            sha256: string;
            title: components["schemas"]["Bilingual"];
        };
        Opened: {
            /** Format: uuid */
            record: string;
            xml: string;
        };
        Org: {
            id: number;
            code: string;
            readonly name: unknown;
            timezone: string;
            demo: boolean;
        };
        Participant: {
            name: string;
            came_at: string;
            left_at: string | null;
        };
        Password: {
            password: string;
        };
        Person: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            language: "zh" | "en";
        };
        Piece: {
            sha256: string;
            offset?: number;
            bytes?: number;
            aside?: string | null;
            pending?: boolean;
        };
        Position: {
            distance_m: number | null;
            accuracy_m: number | null;
            bearing: number | null;
            reason: string | null;
        };
        Presence: {
            position: components["schemas"]["Position"];
            door_card: string | null;
            photos: number;
            minutes: number | null;
            clock: components["schemas"]["Clock"];
        };
        Preview: {
            choices: components["schemas"]["Choice"][];
        };
        PreviewAnswer: {
            body: {
                [key: string]: unknown;
            };
        };
        Problem: {
            type: string;
            code: string;
            status: number;
            title: string;
            detail: string;
            request_id: string;
        };
        QuarantineDetail: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "open" | "released" | "closed";
            /** @enum {string} */
            code: "already_decided" | "answers_do_not_fit" | "device_revoked" | "form_version_unknown" | "malformed" | "not_your_team" | "not_your_visit" | "op_id_reused" | "text_not_allowed" | "too_large" | "unknown_kind" | "version_retired" | "visit_unknown" | "waits" | "xml_unreadable";
            kind: string | null;
            title: string;
            next: string;
            subject_label: string | null;
            form_title: components["schemas"]["Bilingual"] | null;
            team_name: components["schemas"]["Bilingual"] | null;
            user_name: string | null;
            bytes: number;
            received_at: string;
            reason: string | null;
            why: components["schemas"]["Why"] | null;
            mendable: boolean;
            note: string | null;
            where: string | null;
            question: components["schemas"]["Bilingual"] | null;
            form_version: string | null;
            said_at: string | null;
            op: unknown;
            /** Format: uuid */
            visit: string | null;
            settled_at: string | null;
            settled_by: string | null;
        };
        QuarantineLine: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "open" | "released" | "closed";
            /** @enum {string} */
            code: "already_decided" | "answers_do_not_fit" | "device_revoked" | "form_version_unknown" | "malformed" | "not_your_team" | "not_your_visit" | "op_id_reused" | "text_not_allowed" | "too_large" | "unknown_kind" | "version_retired" | "visit_unknown" | "waits" | "xml_unreadable";
            kind: string | null;
            title: string;
            next: string;
            subject_label: string | null;
            form_title: components["schemas"]["Bilingual"] | null;
            team_name: components["schemas"]["Bilingual"] | null;
            user_name: string | null;
            bytes: number;
            received_at: string;
        };
        QuarantinePage: {
            items: components["schemas"]["QuarantineLine"][];
            /** Format: uuid */
            next: string | null;
        };
        QueueItem: {
            /** Format: uuid */
            visit: string;
            /** @enum {string} */
            state: "received" | "approved" | "returned" | "withdrawn";
            number: number;
            /** Format: uuid */
            revision: string;
            subject_label: string | null;
            place_label: string | null;
            form: string;
            form_title: components["schemas"]["Bilingual"];
            programme: string;
            /** Format: uuid */
            team: string;
            team_name: components["schemas"]["Bilingual"];
            user_name: string;
            community_name: string | null;
            /** Format: date */
            day: string;
            check_in_at: string;
            check_out_at: string | null;
            minutes: number | null;
            received_at: string;
            flags: components["schemas"]["Flag"][];
            urgent: boolean;
            came_back: boolean;
            answers_note: string | null;
        };
        QueuePage: {
            items: components["schemas"]["QueueItem"][];
            next: string | null;
            counts: components["schemas"]["Counts"];
        };
        Read: {
            /** Format: uuid */
            up_to: string;
        };
        Record: {
            /** Format: uuid */
            record: string;
            form: string;
            version: string;
            title: components["schemas"]["Bilingual"];
            about: string | null;
            answers: components["schemas"]["AnswerLine"][];
        };
        Released: {
            /** Format: uuid */
            id: string;
            state: string;
            /** Format: uuid */
            visit: string;
        };
        Remembered: {
            remembered: boolean;
        };
        Request: {
            v: unknown;
            app: unknown;
            epoch: unknown;
            clock: unknown;
            /** @default [] */
            anchors: unknown;
            /** @default null */
            manifest: unknown;
            cursor: unknown;
            /** @default 65536 */
            budget: unknown;
            ops: unknown;
            /** @default [] */
            previews: unknown;
            /** @default [] */
            have: unknown;
            parts?: unknown;
        };
        Response: {
            v?: number;
            results?: unknown;
            changes?: unknown;
            cursor?: unknown;
            more?: boolean;
            feeds?: unknown;
            left?: string[];
            reset?: string[];
            wanted?: unknown;
            receipts?: unknown;
            epoch?: string;
            backed_up_to?: string | null;
            server_time?: string;
            parts?: unknown;
        };
        Revision: {
            /** Format: uuid */
            id: string;
            number: number;
            by: string;
            received_at: string;
        };
        RevisionDetail: {
            /** Format: uuid */
            id: string;
            number: number;
            by: string;
            received_at: string;
            /** @enum {string|null} */
            why: "mended" | "merged" | "settled" | null;
            reason: string | null;
            merges: number[] | null;
        };
        Role: {
            role: string;
            scope_kind: string;
            scope_id: string | null;
            scope_name: components["schemas"]["Bilingual"] | null;
        };
        Said: {
            /** Format: uuid */
            revision: string;
            answer: components["schemas"]["AnswerLine"] | null;
        };
        Settle: {
            /** Format: uuid */
            revision: string;
            choices: components["schemas"]["Choice"][];
            records: components["schemas"]["Opened"][];
            /** @default null */
            reason: string | null;
        };
        Settled: {
            /** Format: uuid */
            visit: string;
            decision: components["schemas"]["Decision"] | null;
            problem: {
                [key: string]: unknown;
            } | null;
        };
        Settlement: {
            /** Format: uuid */
            visit: string;
            /** Format: uuid */
            revision: string;
            number: number;
        };
        SignIn: {
            username: string;
            password: string;
            /** @default null */
            county: string | null;
        };
        SignedIn: {
            access_token: string;
            expires_in: number;
            user: components["schemas"]["Person"];
        };
        Unread: {
            unread: number;
        };
        User: {
            /** Format: uuid */
            id: string;
            name: string;
            pinyin: string;
            language: string;
            username: string | null;
            active: boolean;
            grants: components["schemas"]["Grant"][];
            devices: components["schemas"]["Device"][];
        };
        Users: {
            items: components["schemas"]["User"][];
            next: string | null;
        };
        Version: {
            /** Format: uuid */
            id: string;
            number: number;
            by: string;
            received_at: string;
            said_at: string;
            device: string | null;
            base: number | null;
        };
        Versions: {
            /** Format: uuid */
            revision: string;
            versions: components["schemas"]["Version"][];
            fields: components["schemas"]["Differing"][];
            forms: components["schemas"]["OpenForm"][];
        };
        VisitDetail: {
            visit: components["schemas"]["VisitFacts"];
            records: components["schemas"]["Record"][];
            revisions: components["schemas"]["RevisionDetail"][];
            decisions: components["schemas"]["DecisionLine"][];
            notes: components["schemas"]["Note"][];
            history: components["schemas"]["HistoryLine"][];
            follows: components["schemas"]["FollowLine"][];
        };
        VisitFacts: {
            /** Format: uuid */
            visit: string;
            /** @enum {string} */
            state: "received" | "approved" | "returned" | "withdrawn";
            number: number;
            /** Format: uuid */
            revision: string;
            subject_label: string | null;
            place_label: string | null;
            form: string;
            form_title: components["schemas"]["Bilingual"];
            programme: string;
            /** Format: uuid */
            team: string;
            team_name: components["schemas"]["Bilingual"];
            user_name: string;
            community_name: string | null;
            /** Format: date */
            day: string;
            check_in_at: string;
            check_out_at: string | null;
            minutes: number | null;
            received_at: string;
            flags: components["schemas"]["Flag"][];
            urgent: boolean;
            came_back: boolean;
            answers_note: string | null;
            may: components["schemas"]["May"];
            entry: string;
            participants: components["schemas"]["Participant"][];
            helpers_unnamed: number;
            presence: components["schemas"]["Presence"];
            consent: components["schemas"]["Bilingual"] | null;
        };
        Why: {
            title: string;
            next: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
