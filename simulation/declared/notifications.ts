/** Blocks of a message that Datadog shows when a monitor recovers. */
const recoveryBlocks = [
  "is_recovery",
  "is_alert_recovery",
  "is_warning_recovery",
  "is_no_data_recovery",
  "is_alert_to_warning",
] as const;

export type RecoveryBlock = (typeof recoveryBlocks)[number];

/** Whether a monitor notifies of an alert and of missing data, and by which blocks of a recovery. */
export interface Notifications {
  readonly alert: boolean;
  readonly noData: boolean;
  readonly recovery: readonly RecoveryBlock[];
}

/** A notification rule, as far as it decides who is notified. */
export interface RoutingRule {
  /** A monitor must have all of them. */
  readonly tags: readonly string[];

  /** Recipients without their @, by the block of a message that stands for the same change. */
  readonly recipients: ReadonlyMap<string, readonly string[]>;
}

interface RuleBody {
  readonly data: {
    readonly attributes: {
      readonly filter: { readonly tags: readonly string[] };
      readonly conditional_recipients: {
        readonly conditions: readonly {
          readonly scope: string;
          readonly recipients: readonly string[];
        }[];
      };
    };
  };
}

/** Reads a rule as it is sent. */
export function ruleOf(body: object): RoutingRule {
  const { filter, conditional_recipients: conditional } = (body as RuleBody).data.attributes;
  const recipients = conditional.conditions.map(({ scope, recipients: handles }) => {
    return [scope.replace("transition_type:", ""), handles] as const;
  });
  return { tags: filter.tags, recipients: new Map(recipients) };
}

/** Of what a monitor notifies the owner of a handle: by its message, or by rules that match its tags. */
export function notificationsOf(
  { message, tags }: { readonly message: string; readonly tags: readonly string[] },
  rules: readonly RoutingRule[],
  handle: string,
): Notifications {
  const own = rules.filter((rule) => rule.tags.every((tag) => tags.includes(tag)));
  const isMentioned = (block: string) =>
    [...message.matchAll(new RegExp(`{{#${block}}}(.*?){{/${block}}}`, "gs"))].some(([, text]) =>
      text?.includes(handle),
    );
  const notifiesIn = (block: string) =>
    isMentioned(block) ||
    own.some(({ recipients }) => recipients.get(block)?.includes(handle.slice(1)));
  return {
    alert: notifiesIn("is_alert"),
    noData: notifiesIn("is_no_data"),
    recovery: recoveryBlocks.filter(notifiesIn),
  };
}
