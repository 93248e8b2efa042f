// Made by `make schema` from the catalog of the server. Do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Ack: {
            also: {
                data: Record<string, unknown>;
                event: string;
                id: string;
                resource: string;
            }[];
            also_total: number;
            cursor: string;
            data: Record<string, unknown> | null;
            /** @constant */
            ok: true;
            /** @constant */
            repeated?: true;
        };
        ActivateUser: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
        };
        Activity: {
            action: string;
            actor: {
                id: string;
                name: string;
            };
            /** Format: date-time */
            at: string;
            changed: {
                field: string;
                now: unknown;
                was: unknown;
            }[];
            cursor: string;
            id: string;
            resource: string;
        };
        AdvanceService: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /**
             * Status
             * @enum {string}
             */
            status: "diagnosing" | "awaiting_approval" | "awaiting_parts" | "in_repair";
        };
        Allowed: {
            allowed: boolean;
            command: string;
            why: string | null;
        };
        AssignCall: {
            /**
             * Assignee Id
             * @description the id of an active admin, dispatcher or engineer
             */
            assignee_id: string;
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
        };
        AssignService: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /**
             * Technician Id
             * @description the id of an active admin, dispatcher or engineer
             */
            technician_id: string | null;
        };
        /**
         * Call
         * @description One call for help.
         */
        Call: {
            /** Assigned At */
            assigned_at: string | null;
            /** Assignee Id */
            assignee_id: string | null;
            /** Category Id */
            category_id: string | null;
            /** Closed At */
            closed_at: string | null;
            /** Completed At */
            completed_at: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Customer Address */
            customer_address: string | null;
            /** Customer Id */
            customer_id: string | null;
            /** Customer Name */
            customer_name: string;
            /** Customer Phone */
            customer_phone: string | null;
            /** Description */
            description: string | null;
            /** Due At */
            due_at: string | null;
            /** Id */
            id: string;
            /** Number */
            number: number;
            /**
             * Priority
             * @default normal
             * @enum {string}
             */
            priority: "low" | "normal" | "high" | "urgent";
            /**
             * Reopened Count
             * @default 0
             */
            reopened_count: number;
            /** Resolution */
            resolution: string | null;
            /** Service Id */
            service_id: string | null;
            /** Started At */
            started_at: string | null;
            /**
             * Status
             * @default new
             * @enum {string}
             */
            status: "new" | "assigned" | "in_progress" | "on_hold" | "completed" | "closed" | "cancelled";
            /** Status Reason */
            status_reason: string | null;
            /** Tenant Id */
            tenant_id: string;
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Updated By */
            updated_by: string;
            /** Version */
            version: number;
        };
        CallAssigned: {
            data: components["schemas"]["Call"];
            /** @constant */
            event: "call_assigned";
            meta: components["schemas"]["Meta"];
        };
        CallCompleted: {
            data: components["schemas"]["Call"];
            /** @constant */
            event: "call_completed";
            meta: components["schemas"]["Meta"];
        };
        CallCreated: {
            data: components["schemas"]["Call"];
            /** @constant */
            event: "call_created";
            meta: components["schemas"]["Meta"];
        };
        CallDeleted: {
            data: components["schemas"]["Call"];
            /** @constant */
            event: "call_deleted";
            meta: components["schemas"]["Meta"];
        };
        CallUpdated: {
            data: components["schemas"]["Call"];
            /** @constant */
            event: "call_updated";
            meta: components["schemas"]["Meta"];
        };
        CancelCall: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Reason */
            reason: string;
        };
        CancelService: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Reason */
            reason: string;
        };
        /**
         * Category
         * @description One category of calls.
         */
        Category: {
            /**
             * Archived
             * @default false
             */
            archived: boolean;
            /**
             * Colour
             * @default #868e96
             */
            colour: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Description */
            description: string | null;
            /** Icon */
            icon: string | null;
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Number */
            number: number;
            /**
             * Sort Order
             * @default 0
             */
            sort_order: number;
            /** Tenant Id */
            tenant_id: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Updated By */
            updated_by: string;
            /** Version */
            version: number;
        };
        CategoryCreated: {
            data: components["schemas"]["Category"];
            /** @constant */
            event: "category_created";
            meta: components["schemas"]["Meta"];
        };
        CategoryDeleted: {
            data: components["schemas"]["Category"];
            /** @constant */
            event: "category_deleted";
            meta: components["schemas"]["Meta"];
        };
        CategoryUpdated: {
            data: components["schemas"]["Category"];
            /** @constant */
            event: "category_updated";
            meta: components["schemas"]["Meta"];
        };
        ChangeEmail: {
            /** Email */
            email: string;
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
        };
        ChangePassword: {
            /** Current */
            current: string;
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** New */
            new: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
        };
        ClaimCall: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
        };
        ClaimService: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
        };
        CloseCall: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
        };
        Commands: {
            activate_user: {
                data: components["schemas"]["User"] | null;
                payload: components["schemas"]["ActivateUser"];
            };
            activity: {
                data: {
                    items: components["schemas"]["Activity"][];
                    next: string | null;
                };
                payload: {
                    actor?: string;
                    after?: string;
                    /** @description of the record */
                    id?: string;
                    limit?: number;
                    resource?: components["schemas"]["Plural"];
                };
            };
            advance_service: {
                data: components["schemas"]["Service"] | null;
                payload: components["schemas"]["AdvanceService"];
            };
            assign_call: {
                data: components["schemas"]["Call"] | null;
                payload: components["schemas"]["AssignCall"];
            };
            assign_service: {
                data: components["schemas"]["Service"] | null;
                payload: components["schemas"]["AssignService"];
            };
            broadcast: {
                data: null;
                payload: {
                    /** @description `team`, or a record: `<resource>/<id>` */
                    channel: string;
                    data?: unknown;
                    event: string;
                };
            };
            cancel_call: {
                data: components["schemas"]["Call"] | null;
                payload: components["schemas"]["CancelCall"];
            };
            cancel_service: {
                data: components["schemas"]["Service"] | null;
                payload: components["schemas"]["CancelService"];
            };
            change_email: {
                data: components["schemas"]["User"] | null;
                payload: components["schemas"]["ChangeEmail"];
            };
            change_password: {
                data: components["schemas"]["User"] | null;
                payload: components["schemas"]["ChangePassword"];
            };
            claim_call: {
                data: components["schemas"]["Call"] | null;
                payload: components["schemas"]["ClaimCall"];
            };
            claim_service: {
                data: components["schemas"]["Service"] | null;
                payload: components["schemas"]["ClaimService"];
            };
            close_call: {
                data: components["schemas"]["Call"] | null;
                payload: components["schemas"]["CloseCall"];
            };
            complete_call: {
                data: components["schemas"]["Call"] | null;
                payload: components["schemas"]["CompleteCall"];
            };
            complete_service: {
                data: components["schemas"]["Service"] | null;
                payload: components["schemas"]["CompleteService"];
            };
            convert_call: {
                data: components["schemas"]["Call"] | null;
                payload: components["schemas"]["ConvertCall"];
            };
            count: {
                data: {
                    /** @description a place in the feed: `<epoch>.<seq>` */
                    cursor: string;
                    total: number;
                };
                payload: {
                    q?: string;
                    resource: components["schemas"]["Plural"];
                } & {
                    [key: string]: unknown;
                };
            };
            create_call: {
                data: components["schemas"]["Call"] | null;
                payload: components["schemas"]["CreateCall"];
            };
            create_category: {
                data: components["schemas"]["Category"] | null;
                payload: components["schemas"]["CreateCategory"];
            };
            create_customer: {
                data: components["schemas"]["Customer"] | null;
                payload: components["schemas"]["CreateCustomer"];
            };
            create_note: {
                data: components["schemas"]["Note"] | null;
                payload: components["schemas"]["CreateNote"];
            };
            create_service: {
                data: components["schemas"]["Service"] | null;
                payload: components["schemas"]["CreateService"];
            };
            create_service_category: {
                data: components["schemas"]["ServiceCategory"] | null;
                payload: components["schemas"]["CreateServiceCategory"];
            };
            create_user: {
                data: components["schemas"]["User"] | null;
                payload: components["schemas"]["CreateUser"];
            };
            deactivate_user: {
                data: components["schemas"]["User"] | null;
                payload: components["schemas"]["DeactivateUser"];
            };
            delete_call: {
                data: components["schemas"]["Call"] | null;
                payload: components["schemas"]["DeleteCall"];
            };
            delete_category: {
                data: components["schemas"]["Category"] | null;
                payload: components["schemas"]["DeleteCategory"];
            };
            delete_customer: {
                data: components["schemas"]["Customer"] | null;
                payload: components["schemas"]["DeleteCustomer"];
            };
            delete_note: {
                data: components["schemas"]["Note"] | null;
                payload: components["schemas"]["DeleteNote"];
            };
            delete_service: {
                data: components["schemas"]["Service"] | null;
                payload: components["schemas"]["DeleteService"];
            };
            delete_service_category: {
                data: components["schemas"]["ServiceCategory"] | null;
                payload: components["schemas"]["DeleteServiceCategory"];
            };
            delete_user: {
                data: components["schemas"]["User"] | null;
                payload: components["schemas"]["DeleteUser"];
            };
            deliver_service: {
                data: components["schemas"]["Service"] | null;
                payload: components["schemas"]["DeliverService"];
            };
            explain: {
                data: components["schemas"]["Allowed"][];
                payload: {
                    /** @description of the record */
                    id?: string;
                    resource: components["schemas"]["Plural"];
                };
            };
            get: {
                data: {
                    /** @description a place in the feed: `<epoch>.<seq>` */
                    cursor: string;
                    data: Record<string, unknown>;
                };
                payload: {
                    /** @description of the record */
                    id: string;
                    resource: components["schemas"]["Plural"];
                };
            };
            hold_call: {
                data: components["schemas"]["Call"] | null;
                payload: components["schemas"]["HoldCall"];
            };
            join_channel: {
                data: components["schemas"]["Present"][];
                payload: {
                    /** @description `team`, or a record: `<resource>/<id>` */
                    channel: string;
                    state?: unknown;
                };
            };
            leave_channel: {
                data: components["schemas"]["Present"][];
                payload: {
                    /** @description `team`, or a record: `<resource>/<id>` */
                    channel: string;
                };
            };
            list: {
                data: {
                    /** @description a place in the feed: `<epoch>.<seq>` */
                    cursor: string;
                    items: Record<string, unknown>[];
                    next: string | null;
                    total: number;
                };
                payload: {
                    after?: string | null;
                    limit?: number;
                    q?: string;
                    resource: components["schemas"]["Plural"];
                    sort?: string;
                } & {
                    [key: string]: unknown;
                };
            };
            lock_record: {
                data: components["schemas"]["Lease"];
                payload: {
                    /** @description of the record */
                    id: string;
                    resource: components["schemas"]["Plural"];
                    take_over?: boolean;
                };
            };
            merge_customer: {
                data: components["schemas"]["Customer"] | null;
                payload: components["schemas"]["MergeCustomer"];
            };
            release_call: {
                data: components["schemas"]["Call"] | null;
                payload: components["schemas"]["ReleaseCall"];
            };
            reopen_call: {
                data: components["schemas"]["Call"] | null;
                payload: components["schemas"]["ReopenCall"];
            };
            reopen_service: {
                data: components["schemas"]["Service"] | null;
                payload: components["schemas"]["ReopenService"];
            };
            reset_password: {
                data: components["schemas"]["User"] | null;
                payload: components["schemas"]["ResetPassword"];
            };
            resume_call: {
                data: components["schemas"]["Call"] | null;
                payload: components["schemas"]["ResumeCall"];
            };
            search: {
                data: {
                    /** @description a place in the feed: `<epoch>.<seq>` */
                    cursor: string;
                    items: components["schemas"]["Found"][];
                };
                payload: {
                    limit?: number;
                    q: string;
                };
            };
            set_availability: {
                data: components["schemas"]["User"] | null;
                payload: components["schemas"]["SetAvailability"];
            };
            set_presence: {
                data: components["schemas"]["Present"][];
                payload: {
                    /** @description `team`, or a record: `<resource>/<id>` */
                    channel: string;
                    state?: unknown;
                };
            };
            set_role: {
                data: components["schemas"]["User"] | null;
                payload: components["schemas"]["SetRole"];
            };
            snapshot: {
                data: components["schemas"]["Snapshot"];
                payload: {
                    after?: string;
                    resources?: components["schemas"]["Plural"][];
                };
            };
            start_call: {
                data: components["schemas"]["Call"] | null;
                payload: components["schemas"]["StartCall"];
            };
            subscribe: {
                data: components["schemas"]["Subscribed"];
                payload: {
                    resources: components["schemas"]["Plural"][];
                };
            };
            typing: {
                data: null;
                payload: {
                    /** @description `team`, or a record: `<resource>/<id>` */
                    channel: string;
                    field?: string | null;
                    on: boolean;
                };
            };
            undo: {
                data: Record<string, unknown> | null;
                payload: {
                    /** @description a place in the feed: `<epoch>.<seq>` */
                    cursor: string;
                    /** @description makes the command happen once, however often it is sent */
                    op_id?: string;
                };
            };
            unlock_record: {
                data: null;
                payload: {
                    /** @description of the record */
                    id: string;
                    resource: components["schemas"]["Plural"];
                };
            };
            update_call: {
                data: components["schemas"]["Call"] | null;
                payload: components["schemas"]["UpdateCall"];
            };
            update_category: {
                data: components["schemas"]["Category"] | null;
                payload: components["schemas"]["UpdateCategory"];
            };
            update_customer: {
                data: components["schemas"]["Customer"] | null;
                payload: components["schemas"]["UpdateCustomer"];
            };
            update_note: {
                data: components["schemas"]["Note"] | null;
                payload: components["schemas"]["UpdateNote"];
            };
            update_service: {
                data: components["schemas"]["Service"] | null;
                payload: components["schemas"]["UpdateService"];
            };
            update_service_category: {
                data: components["schemas"]["ServiceCategory"] | null;
                payload: components["schemas"]["UpdateServiceCategory"];
            };
            update_user: {
                data: components["schemas"]["User"] | null;
                payload: components["schemas"]["UpdateUser"];
            };
        };
        CompleteCall: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Resolution */
            resolution: string;
        };
        CompleteService: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "repaired" | "no_fault_found" | "not_repairable" | "uneconomic" | "declined" | "replaced";
            /** Work Done */
            work_done?: string | null;
        };
        ConvertCall: {
            /** Device Type */
            device_type: string;
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
        };
        CreateCall: {
            /**
             * Assignee Id
             * @description the id of an active admin, dispatcher or engineer
             */
            assignee_id?: string | null;
            /**
             * Category Id
             * @description the id of a category that is in use
             */
            category_id?: string | null;
            /** Customer Address */
            customer_address?: string | null;
            /**
             * Customer Id
             * @description the id of one of our customers
             */
            customer_id?: string | null;
            /** Customer Name */
            customer_name?: string;
            /** Customer Phone */
            customer_phone?: string | null;
            /** Description */
            description?: string | null;
            /** Due At */
            due_at?: string | null;
            /** @description a UUID, where the client chooses it; else the server makes one */
            id?: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /**
             * Priority
             * @enum {string}
             */
            priority?: "low" | "normal" | "high" | "urgent";
            /** Title */
            title: string;
        };
        CreateCategory: {
            /** Archived */
            archived?: boolean;
            /** Colour */
            colour?: string;
            /** Description */
            description?: string | null;
            /** Icon */
            icon?: string | null;
            /** @description a UUID, where the client chooses it; else the server makes one */
            id?: string;
            /** Name */
            name: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Sort Order */
            sort_order?: number;
        };
        CreateCustomer: {
            /** Address */
            address?: string | null;
            /** Email */
            email?: string | null;
            /** @description a UUID, where the client chooses it; else the server makes one */
            id?: string;
            /** Name */
            name: string;
            /** Notes */
            notes?: string | null;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Phone */
            phone?: string | null;
            /** Tags */
            tags?: string[];
        };
        CreateNote: {
            /** @description a UUID, where the client chooses it; else the server makes one */
            id?: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Record Id */
            record_id: string;
            /**
             * Resource
             * @enum {string}
             */
            resource: "calls" | "services" | "customers";
            /** Text */
            text: string;
        };
        CreateService: {
            /** Accessories */
            accessories?: string[];
            /** Brand */
            brand?: string | null;
            /**
             * Category Id
             * @description the id of a category that is in use
             */
            category_id?: string | null;
            /** Condition */
            condition?: string | null;
            /** Currency */
            currency?: string | null;
            /**
             * Customer Id
             * @description the id of one of our customers
             */
            customer_id?: string | null;
            /** Customer Name */
            customer_name?: string;
            /** Customer Phone */
            customer_phone?: string | null;
            /** Device Type */
            device_type: string;
            /** Estimate Minor */
            estimate_minor?: number | null;
            /** @description a UUID, where the client chooses it; else the server makes one */
            id?: string;
            /** Model */
            model?: string | null;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Price Minor */
            price_minor?: number | null;
            /** Promised On */
            promised_on?: string | null;
            /** Reported Fault */
            reported_fault: string;
            /**
             * Rework Of
             * @description the id of a delivered repair
             */
            rework_of?: string | null;
            /** Serial Number */
            serial_number?: string | null;
        };
        CreateServiceCategory: {
            /** Archived */
            archived?: boolean;
            /** Colour */
            colour?: string;
            /** Description */
            description?: string | null;
            /** Icon */
            icon?: string | null;
            /** @description a UUID, where the client chooses it; else the server makes one */
            id?: string;
            /** Name */
            name: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Sort Order */
            sort_order?: number;
        };
        CreateUser: {
            /** Display Name */
            display_name: string;
            /** Email */
            email: string;
            /** @description a UUID, where the client chooses it; else the server makes one */
            id?: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Password */
            password: string;
            /** Phone */
            phone?: string | null;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "dispatcher" | "engineer" | "front_desk" | "viewer";
            /** Skills */
            skills?: string[];
        };
        /**
         * Customer
         * @description One customer.
         */
        Customer: {
            /** Address */
            address: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Email */
            email: string | null;
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Notes */
            notes: string | null;
            /** Number */
            number: number;
            /** Phone */
            phone: string | null;
            /** Tags */
            tags: string[];
            /** Tenant Id */
            tenant_id: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Updated By */
            updated_by: string;
            /** Version */
            version: number;
        };
        CustomerCreated: {
            data: components["schemas"]["Customer"];
            /** @constant */
            event: "customer_created";
            meta: components["schemas"]["Meta"];
        };
        CustomerDeleted: {
            data: components["schemas"]["Customer"];
            /** @constant */
            event: "customer_deleted";
            meta: components["schemas"]["Meta"];
        };
        CustomerUpdated: {
            data: components["schemas"]["Customer"];
            /** @constant */
            event: "customer_updated";
            meta: components["schemas"]["Meta"];
        };
        DeactivateUser: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /**
             * Reassign To
             * @description the id of an active admin, dispatcher or engineer
             */
            reassign_to?: string | null;
            /**
             * Release
             * @default false
             */
            release?: boolean;
        };
        DeleteCall: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
        };
        DeleteCategory: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /**
             * Reassign To
             * @description the id of a category that is in use
             */
            reassign_to?: string | null;
        };
        DeleteCustomer: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
        };
        DeleteNote: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
        };
        DeleteService: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
        };
        DeleteServiceCategory: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /**
             * Reassign To
             * @description the id of a category that is in use
             */
            reassign_to?: string | null;
        };
        DeleteUser: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /**
             * Reassign To
             * @description the id of an active admin, dispatcher or engineer
             */
            reassign_to?: string | null;
            /**
             * Release
             * @default false
             */
            release?: boolean;
        };
        DeliverService: {
            /** Delivered To */
            delivered_to: string;
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
        };
        Error: {
            changes?: Record<string, unknown>[];
            /** @enum {string} */
            code: "unknown" | "too_large" | "unauthenticated" | "rate_limited" | "not_found" | "forbidden" | "invalid" | "conflict" | "refused" | "taken" | "snapshot_required" | "unavailable" | "internal";
            /** @description with `conflict`: the record as it is */
            current?: Record<string, unknown>;
            /** @description field → what is wrong with it */
            fields?: {
                [key: string]: string;
            };
            message: string;
            /** @description found in the log */
            ref?: string;
            retry: boolean;
        };
        Event: components["schemas"]["CallCreated"] | components["schemas"]["CallUpdated"] | components["schemas"]["CallAssigned"] | components["schemas"]["CallCompleted"] | components["schemas"]["CallDeleted"] | components["schemas"]["CategoryCreated"] | components["schemas"]["CategoryUpdated"] | components["schemas"]["CategoryDeleted"] | components["schemas"]["CustomerCreated"] | components["schemas"]["CustomerUpdated"] | components["schemas"]["CustomerDeleted"] | components["schemas"]["NoteCreated"] | components["schemas"]["NoteUpdated"] | components["schemas"]["NoteDeleted"] | components["schemas"]["ServiceCreated"] | components["schemas"]["ServiceUpdated"] | components["schemas"]["ServiceDeleted"] | components["schemas"]["ServiceCategoryCreated"] | components["schemas"]["ServiceCategoryUpdated"] | components["schemas"]["ServiceCategoryDeleted"] | components["schemas"]["UserCreated"] | components["schemas"]["UserUpdated"] | components["schemas"]["UserDeletedBroadcast"] | components["schemas"]["UserDeleted"] | components["schemas"]["RecordHidden"];
        Events: {
            call_assigned: components["schemas"]["Call"];
            call_completed: components["schemas"]["Call"];
            call_created: components["schemas"]["Call"];
            call_deleted: components["schemas"]["Call"];
            call_updated: components["schemas"]["Call"];
            category_created: components["schemas"]["Category"];
            category_deleted: components["schemas"]["Category"];
            category_updated: components["schemas"]["Category"];
            customer_created: components["schemas"]["Customer"];
            customer_deleted: components["schemas"]["Customer"];
            customer_updated: components["schemas"]["Customer"];
            note_created: components["schemas"]["Note"];
            note_deleted: components["schemas"]["Note"];
            note_updated: components["schemas"]["Note"];
            record_hidden: components["schemas"]["Hidden"];
            service_category_created: components["schemas"]["ServiceCategory"];
            service_category_deleted: components["schemas"]["ServiceCategory"];
            service_category_updated: components["schemas"]["ServiceCategory"];
            service_created: components["schemas"]["Service"];
            service_deleted: components["schemas"]["Service"];
            service_updated: components["schemas"]["Service"];
            user_created: components["schemas"]["User"];
            user_deleted: components["schemas"]["User"];
            user_deleted_broadcast: components["schemas"]["User"];
            user_updated: components["schemas"]["User"];
        };
        Failure: {
            error: components["schemas"]["Error"];
            /** @constant */
            ok: false;
        };
        /**
         * FirstRun
         * @description The body of the set-up.
         */
        FirstRun: {
            /** Code */
            code: string;
            /**
             * Cookie Only
             * @default false
             */
            cookie_only?: boolean;
            /** Display Name */
            display_name: string;
            /** Email */
            email: string;
            /** Password */
            password: string;
            /** Tenant Name */
            tenant_name: string;
        };
        Found: {
            id: string;
            number: string;
            resource: string;
            subtitle: string;
            title: string;
        };
        Hidden: {
            id: string;
            resource: components["schemas"]["Plural"];
        };
        HoldCall: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /**
             * Reason
             * @enum {string}
             */
            reason: "waiting_customer" | "waiting_parts" | "scheduled" | "third_party";
        };
        Insights: {
            completed: number;
            created: number;
            cursor: string;
            days: {
                completed: number;
                created: number;
                /** Format: date */
                day: string;
            }[];
            /** Format: date-time */
            from: string;
            open: {
                assignee: Record<string, unknown>[];
                category: Record<string, unknown>[];
                status: {
                    [key: string]: number;
                };
                total: number;
            };
            time_to_assign_s: {
                count: number;
                median: number | null;
                p90: number | null;
            };
            time_to_complete_s: {
                count: number;
                median: number | null;
                p90: number | null;
            };
            /** Format: date-time */
            to: string;
        };
        Lease: {
            holder: components["schemas"]["Person"];
            /** Format: date-time */
            until: string;
        };
        /**
         * Login
         * @description The body of a sign-in.
         */
        Login: {
            /**
             * Cookie Only
             * @default false
             */
            cookie_only?: boolean;
            /** Email */
            email: string;
            /** Password */
            password: string;
            /** Tenant */
            tenant?: string | null;
        };
        MergeCustomer: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /**
             * Into
             * @description the id of another of our customers
             */
            into: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
        };
        Meta: {
            /** @description the command as it was sent */
            action: string;
            actor: components["schemas"]["Person"];
            /** Format: date-time */
            at: string;
            changed: string[];
            /** @description a place in the feed: `<epoch>.<seq>` */
            cursor: string;
            /** @description of the record */
            id: string;
            /** @description as the command had it */
            op_id?: string;
            resource: components["schemas"]["Plural"];
            /** @description the change set: all of one command */
            set: {
                first: number;
                last: number;
            };
            version: number;
        };
        /**
         * Note
         * @description One note.
         */
        Note: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Id */
            id: string;
            /** Number */
            number: number;
            /** Record Id */
            record_id: string;
            /**
             * Resource
             * @enum {string}
             */
            resource: "calls" | "services" | "customers";
            /** Tenant Id */
            tenant_id: string;
            /** Text */
            text: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Updated By */
            updated_by: string;
            /** Version */
            version: number;
        };
        NoteCreated: {
            data: components["schemas"]["Note"];
            /** @constant */
            event: "note_created";
            meta: components["schemas"]["Meta"];
        };
        NoteDeleted: {
            data: components["schemas"]["Note"];
            /** @constant */
            event: "note_deleted";
            meta: components["schemas"]["Meta"];
        };
        NoteUpdated: {
            data: components["schemas"]["Note"];
            /** @constant */
            event: "note_updated";
            meta: components["schemas"]["Meta"];
        };
        Person: {
            id: string;
            name: string;
        };
        /** @enum {string} */
        Plural: "calls" | "categories" | "customers" | "notes" | "services" | "service_categories" | "users";
        Present: {
            connections: number;
            /** Format: date-time */
            since: string;
            state: unknown;
            user: components["schemas"]["Person"];
        };
        PresentAt: {
            /** @description `team`, or a record: `<resource>/<id>` */
            channel: string;
            connections: number;
            /** Format: date-time */
            since: string;
            state: unknown;
            user: components["schemas"]["Person"];
        };
        Problem: {
            error: components["schemas"]["Error"];
            /** @constant */
            ok: false;
            status: number;
        };
        Ready: {
            /** @description a place in the feed: `<epoch>.<seq>` */
            cursor: string;
            heartbeat_s: number;
            resumed: boolean;
            snapshot_required: boolean;
            tenant: components["schemas"]["Tenant"];
            user: components["schemas"]["User"];
        };
        RecordHidden: {
            data: components["schemas"]["Hidden"];
            /** @constant */
            event: "record_hidden";
            meta: components["schemas"]["Meta"];
        };
        Records: {
            calls: components["schemas"]["Call"];
            categories: components["schemas"]["Category"];
            customers: components["schemas"]["Customer"];
            notes: components["schemas"]["Note"];
            service_categories: components["schemas"]["ServiceCategory"];
            services: components["schemas"]["Service"];
            users: components["schemas"]["User"];
        };
        ReleaseCall: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Reason */
            reason: string;
        };
        ReopenCall: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Reason */
            reason: string;
        };
        ReopenService: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Reason */
            reason: string;
        };
        ResetPassword: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Password */
            password: string;
        };
        ResumeCall: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
        };
        /**
         * Service
         * @description One device in for repair.
         */
        Service: {
            /** Accessories */
            accessories: string[];
            /** Brand */
            brand: string | null;
            /** Call Id */
            call_id: string | null;
            /** Category Id */
            category_id: string | null;
            /** Completed At */
            completed_at: string | null;
            /** Condition */
            condition: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Currency */
            currency: string | null;
            /** Customer Id */
            customer_id: string | null;
            /** Customer Name */
            customer_name: string;
            /** Customer Phone */
            customer_phone: string | null;
            /** Delivered At */
            delivered_at: string | null;
            /** Delivered To */
            delivered_to: string | null;
            /** Device Type */
            device_type: string;
            /** Estimate Minor */
            estimate_minor: number | null;
            /** Id */
            id: string;
            /** Model */
            model: string | null;
            /** Number */
            number: number;
            /** Outcome */
            outcome: ("repaired" | "no_fault_found" | "not_repairable" | "uneconomic" | "declined" | "replaced") | null;
            /** Price Minor */
            price_minor: number | null;
            /** Promised On */
            promised_on: string | null;
            /**
             * Received At
             * Format: date-time
             */
            received_at: string;
            /** Reported Fault */
            reported_fault: string;
            /** Rework Of */
            rework_of: string | null;
            /** Serial Number */
            serial_number: string | null;
            /**
             * Status
             * @default received
             * @enum {string}
             */
            status: "received" | "diagnosing" | "awaiting_approval" | "awaiting_parts" | "in_repair" | "completed" | "delivered" | "cancelled";
            /** Status Reason */
            status_reason: string | null;
            /** Technician Id */
            technician_id: string | null;
            /** Tenant Id */
            tenant_id: string;
            /** Tracking Code */
            tracking_code: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Updated By */
            updated_by: string;
            /** Version */
            version: number;
            /** Work Done */
            work_done: string | null;
        };
        /**
         * ServiceCategory
         * @description One category of carry-in repairs.
         */
        ServiceCategory: {
            /**
             * Archived
             * @default false
             */
            archived: boolean;
            /**
             * Colour
             * @default #868e96
             */
            colour: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Description */
            description: string | null;
            /** Icon */
            icon: string | null;
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Number */
            number: number;
            /**
             * Sort Order
             * @default 0
             */
            sort_order: number;
            /** Tenant Id */
            tenant_id: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Updated By */
            updated_by: string;
            /** Version */
            version: number;
        };
        ServiceCategoryCreated: {
            data: components["schemas"]["ServiceCategory"];
            /** @constant */
            event: "service_category_created";
            meta: components["schemas"]["Meta"];
        };
        ServiceCategoryDeleted: {
            data: components["schemas"]["ServiceCategory"];
            /** @constant */
            event: "service_category_deleted";
            meta: components["schemas"]["Meta"];
        };
        ServiceCategoryUpdated: {
            data: components["schemas"]["ServiceCategory"];
            /** @constant */
            event: "service_category_updated";
            meta: components["schemas"]["Meta"];
        };
        ServiceCreated: {
            data: components["schemas"]["Service"];
            /** @constant */
            event: "service_created";
            meta: components["schemas"]["Meta"];
        };
        ServiceDeleted: {
            data: components["schemas"]["Service"];
            /** @constant */
            event: "service_deleted";
            meta: components["schemas"]["Meta"];
        };
        ServiceUpdated: {
            data: components["schemas"]["Service"];
            /** @constant */
            event: "service_updated";
            meta: components["schemas"]["Meta"];
        };
        Session: {
            address: string;
            agent: string;
            /** Format: date-time */
            created_at: string;
            current: boolean;
            /** Format: date-time */
            expires_at: string;
            id: string;
            /** Format: date-time */
            seen_at: string;
        };
        SetAvailability: {
            /**
             * Availability
             * @enum {string}
             */
            availability: "available" | "busy" | "away";
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
        };
        SetRole: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "dispatcher" | "engineer" | "front_desk" | "viewer";
        };
        Signals: {
            broadcast: {
                /** @description `team`, or a record: `<resource>/<id>` */
                channel: string;
                data: unknown;
                event: string;
                user: components["schemas"]["Person"];
            };
            cursor: {
                /** @description a place in the feed: `<epoch>.<seq>` */
                cursor: string;
            };
            presence_joined: components["schemas"]["PresentAt"];
            presence_left: components["schemas"]["PresentAt"];
            presence_state: {
                /** @description `team`, or a record: `<resource>/<id>` */
                channel: string;
                list: components["schemas"]["Present"][];
            };
            presence_updated: components["schemas"]["PresentAt"];
            ready: components["schemas"]["Ready"];
            record_locked: {
                holder: components["schemas"]["Person"];
                id: string;
                resource: components["schemas"]["Plural"];
                /** Format: date-time */
                until: string;
            };
            record_unlocked: {
                id: string;
                resource: components["schemas"]["Plural"];
            };
            server_draining: {
                reconnect_in_ms: number;
            };
            session_ended: {
                reason: string;
            };
            snapshot_required: {
                reason: string;
            };
            typing: {
                /** @description `team`, or a record: `<resource>/<id>` */
                channel: string;
                field: string | null;
                on: boolean;
                user: components["schemas"]["Person"];
            };
        };
        SignedIn: {
            /** Format: date-time */
            expires_at: string;
            tenant: components["schemas"]["Tenant"];
            /** @description left out with `cookie_only` */
            token?: string;
            user: components["schemas"]["User"];
        };
        Snapshot: {
            /** @description a place in the feed: `<epoch>.<seq>` */
            cursor: string;
            former_users: {
                display_name: string;
                id: string;
            }[];
            next: string | null;
            records: {
                calls?: components["schemas"]["Call"][];
                categories?: components["schemas"]["Category"][];
                customers?: components["schemas"]["Customer"][];
                notes?: components["schemas"]["Note"][];
                service_categories?: components["schemas"]["ServiceCategory"][];
                services?: components["schemas"]["Service"][];
                users?: components["schemas"]["User"][];
            };
        };
        StartCall: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
        };
        Subscribed: {
            /** @description a place in the feed: `<epoch>.<seq>` */
            cursor: string;
            former_users: {
                display_name: string;
                id: string;
            }[];
            next: string | null;
            records: {
                calls?: components["schemas"]["Call"][];
                categories?: components["schemas"]["Category"][];
                customers?: components["schemas"]["Customer"][];
                notes?: components["schemas"]["Note"][];
                service_categories?: components["schemas"]["ServiceCategory"][];
                services?: components["schemas"]["Service"][];
                users?: components["schemas"]["User"][];
            };
            resources: components["schemas"]["Plural"][];
        };
        Tenant: {
            id: string;
            name: string;
            slug: string;
        };
        UpdateCall: {
            /**
             * Category Id
             * @description the id of a category that is in use
             */
            category_id?: string | null;
            /** Customer Address */
            customer_address?: string | null;
            /**
             * Customer Id
             * @description the id of one of our customers
             */
            customer_id?: string | null;
            /** Customer Name */
            customer_name?: string;
            /** Customer Phone */
            customer_phone?: string | null;
            /** Description */
            description?: string | null;
            /** Due At */
            due_at?: string | null;
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /**
             * Priority
             * @enum {string}
             */
            priority?: "low" | "normal" | "high" | "urgent";
            /** Title */
            title?: string;
        };
        UpdateCategory: {
            /** Archived */
            archived?: boolean;
            /** Colour */
            colour?: string;
            /** Description */
            description?: string | null;
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** Icon */
            icon?: string | null;
            /** @description of the record */
            id: string;
            /** Name */
            name?: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Sort Order */
            sort_order?: number;
        };
        UpdateCustomer: {
            /** Address */
            address?: string | null;
            /** Email */
            email?: string | null;
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** Name */
            name?: string;
            /** Notes */
            notes?: string | null;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Phone */
            phone?: string | null;
            /** Tags */
            tags?: string[];
        };
        UpdateNote: {
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Text */
            text?: string;
        };
        UpdateService: {
            /** Accessories */
            accessories?: string[];
            /** Brand */
            brand?: string | null;
            /**
             * Category Id
             * @description the id of a category that is in use
             */
            category_id?: string | null;
            /** Condition */
            condition?: string | null;
            /** Currency */
            currency?: string | null;
            /**
             * Customer Id
             * @description the id of one of our customers
             */
            customer_id?: string | null;
            /** Customer Name */
            customer_name?: string;
            /** Customer Phone */
            customer_phone?: string | null;
            /** Device Type */
            device_type?: string;
            /** Estimate Minor */
            estimate_minor?: number | null;
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** Model */
            model?: string | null;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Price Minor */
            price_minor?: number | null;
            /** Promised On */
            promised_on?: string | null;
            /** Reported Fault */
            reported_fault?: string;
            /** Serial Number */
            serial_number?: string | null;
        };
        UpdateServiceCategory: {
            /** Archived */
            archived?: boolean;
            /** Colour */
            colour?: string;
            /** Description */
            description?: string | null;
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** Icon */
            icon?: string | null;
            /** @description of the record */
            id: string;
            /** Name */
            name?: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Sort Order */
            sort_order?: number;
        };
        UpdateUser: {
            /** Display Name */
            display_name?: string;
            /** @description the version that was seen: an older one may be a conflict */
            expected_version?: number;
            /** @description of the record */
            id: string;
            /** @description makes the command happen once, however often it is sent */
            op_id?: string;
            /** Phone */
            phone?: string | null;
            /** Skills */
            skills?: string[];
        };
        /**
         * User
         * @description One of the team.
         */
        User: {
            /**
             * Active
             * @default true
             */
            active: boolean;
            /**
             * Availability
             * @default available
             * @enum {string}
             */
            availability: "available" | "busy" | "away";
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Display Name */
            display_name: string;
            /** Email */
            email: string;
            /** Id */
            id: string;
            /**
             * Must Change Password
             * @default false
             */
            must_change_password: boolean;
            /** Number */
            number: number;
            /** Phone */
            phone: string | null;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "dispatcher" | "engineer" | "front_desk" | "viewer";
            /** Skills */
            skills: string[];
            /** Tenant Id */
            tenant_id: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Updated By */
            updated_by: string;
            /** Version */
            version: number;
        };
        UserCreated: {
            data: components["schemas"]["User"];
            /** @constant */
            event: "user_created";
            meta: components["schemas"]["Meta"];
        };
        UserDeleted: {
            data: components["schemas"]["User"];
            /** @constant */
            event: "user_deleted";
            meta: components["schemas"]["Meta"];
        };
        UserDeletedBroadcast: {
            data: components["schemas"]["User"];
            /** @constant */
            event: "user_deleted_broadcast";
            meta: components["schemas"]["Meta"];
        };
        UserUpdated: {
            data: components["schemas"]["User"];
            /** @constant */
            event: "user_updated";
            meta: components["schemas"]["Meta"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Ack = components['schemas']['Ack'];
export type ActivateUser = components['schemas']['ActivateUser'];
export type Activity = components['schemas']['Activity'];
export type AdvanceService = components['schemas']['AdvanceService'];
export type Allowed = components['schemas']['Allowed'];
export type AssignCall = components['schemas']['AssignCall'];
export type AssignService = components['schemas']['AssignService'];
export type Call = components['schemas']['Call'];
export type CallAssigned = components['schemas']['CallAssigned'];
export type CallCompleted = components['schemas']['CallCompleted'];
export type CallCreated = components['schemas']['CallCreated'];
export type CallDeleted = components['schemas']['CallDeleted'];
export type CallUpdated = components['schemas']['CallUpdated'];
export type CancelCall = components['schemas']['CancelCall'];
export type CancelService = components['schemas']['CancelService'];
export type Category = components['schemas']['Category'];
export type CategoryCreated = components['schemas']['CategoryCreated'];
export type CategoryDeleted = components['schemas']['CategoryDeleted'];
export type CategoryUpdated = components['schemas']['CategoryUpdated'];
export type ChangeEmail = components['schemas']['ChangeEmail'];
export type ChangePassword = components['schemas']['ChangePassword'];
export type ClaimCall = components['schemas']['ClaimCall'];
export type ClaimService = components['schemas']['ClaimService'];
export type CloseCall = components['schemas']['CloseCall'];
export type Commands = components['schemas']['Commands'];
export type CompleteCall = components['schemas']['CompleteCall'];
export type CompleteService = components['schemas']['CompleteService'];
export type ConvertCall = components['schemas']['ConvertCall'];
export type CreateCall = components['schemas']['CreateCall'];
export type CreateCategory = components['schemas']['CreateCategory'];
export type CreateCustomer = components['schemas']['CreateCustomer'];
export type CreateNote = components['schemas']['CreateNote'];
export type CreateService = components['schemas']['CreateService'];
export type CreateServiceCategory = components['schemas']['CreateServiceCategory'];
export type CreateUser = components['schemas']['CreateUser'];
export type Customer = components['schemas']['Customer'];
export type CustomerCreated = components['schemas']['CustomerCreated'];
export type CustomerDeleted = components['schemas']['CustomerDeleted'];
export type CustomerUpdated = components['schemas']['CustomerUpdated'];
export type DeactivateUser = components['schemas']['DeactivateUser'];
export type DeleteCall = components['schemas']['DeleteCall'];
export type DeleteCategory = components['schemas']['DeleteCategory'];
export type DeleteCustomer = components['schemas']['DeleteCustomer'];
export type DeleteNote = components['schemas']['DeleteNote'];
export type DeleteService = components['schemas']['DeleteService'];
export type DeleteServiceCategory = components['schemas']['DeleteServiceCategory'];
export type DeleteUser = components['schemas']['DeleteUser'];
export type DeliverService = components['schemas']['DeliverService'];
export type Error = components['schemas']['Error'];
export type Event = components['schemas']['Event'];
export type Events = components['schemas']['Events'];
export type Failure = components['schemas']['Failure'];
export type FirstRun = components['schemas']['FirstRun'];
export type Found = components['schemas']['Found'];
export type Hidden = components['schemas']['Hidden'];
export type HoldCall = components['schemas']['HoldCall'];
export type Insights = components['schemas']['Insights'];
export type Lease = components['schemas']['Lease'];
export type Login = components['schemas']['Login'];
export type MergeCustomer = components['schemas']['MergeCustomer'];
export type Meta = components['schemas']['Meta'];
export type Note = components['schemas']['Note'];
export type NoteCreated = components['schemas']['NoteCreated'];
export type NoteDeleted = components['schemas']['NoteDeleted'];
export type NoteUpdated = components['schemas']['NoteUpdated'];
export type Person = components['schemas']['Person'];
export type Plural = components['schemas']['Plural'];
export type Present = components['schemas']['Present'];
export type PresentAt = components['schemas']['PresentAt'];
export type Problem = components['schemas']['Problem'];
export type Ready = components['schemas']['Ready'];
export type RecordHidden = components['schemas']['RecordHidden'];
export type Records = components['schemas']['Records'];
export type ReleaseCall = components['schemas']['ReleaseCall'];
export type ReopenCall = components['schemas']['ReopenCall'];
export type ReopenService = components['schemas']['ReopenService'];
export type ResetPassword = components['schemas']['ResetPassword'];
export type ResumeCall = components['schemas']['ResumeCall'];
export type Service = components['schemas']['Service'];
export type ServiceCategory = components['schemas']['ServiceCategory'];
export type ServiceCategoryCreated = components['schemas']['ServiceCategoryCreated'];
export type ServiceCategoryDeleted = components['schemas']['ServiceCategoryDeleted'];
export type ServiceCategoryUpdated = components['schemas']['ServiceCategoryUpdated'];
export type ServiceCreated = components['schemas']['ServiceCreated'];
export type ServiceDeleted = components['schemas']['ServiceDeleted'];
export type ServiceUpdated = components['schemas']['ServiceUpdated'];
export type Session = components['schemas']['Session'];
export type SetAvailability = components['schemas']['SetAvailability'];
export type SetRole = components['schemas']['SetRole'];
export type Signals = components['schemas']['Signals'];
export type SignedIn = components['schemas']['SignedIn'];
export type Snapshot = components['schemas']['Snapshot'];
export type StartCall = components['schemas']['StartCall'];
export type Subscribed = components['schemas']['Subscribed'];
export type Tenant = components['schemas']['Tenant'];
export type UpdateCall = components['schemas']['UpdateCall'];
export type UpdateCategory = components['schemas']['UpdateCategory'];
export type UpdateCustomer = components['schemas']['UpdateCustomer'];
export type UpdateNote = components['schemas']['UpdateNote'];
export type UpdateService = components['schemas']['UpdateService'];
export type UpdateServiceCategory = components['schemas']['UpdateServiceCategory'];
export type UpdateUser = components['schemas']['UpdateUser'];
export type User = components['schemas']['User'];
export type UserCreated = components['schemas']['UserCreated'];
export type UserDeleted = components['schemas']['UserDeleted'];
export type UserDeletedBroadcast = components['schemas']['UserDeletedBroadcast'];
export type UserUpdated = components['schemas']['UserUpdated'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
