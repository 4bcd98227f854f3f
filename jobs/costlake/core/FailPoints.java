package costlake.core;

import java.util.List;

/**
 * The points at which a test can kill a night, a decision or a send, in the order in which a run
 * first reaches them. A night stages and publishes several tables in parallel, so the other tables
 * may be at different points.
 */
public final class FailPoints {
  public static final String RECOVER_BEFORE_SWEEP = "recover-before-sweep";
  public static final String NIGHT_BEGUN = "night-begun";
  public static final String LAND_BEFORE_PIN = "land-before-pin";
  public static final String LAND_AFTER_PIN = "land-after-pin";
  public static final String LANDED = "landed";
  public static final String PLANNED = "planned";
  public static final String STAGE_BEFORE_WRITE = "stage-before-write";
  public static final String STAGE_AFTER_WRITE = "stage-after-write";
  public static final String STAGE_AFTER_COMPARE = "stage-after-compare";
  public static final String STAGED = "staged";
  public static final String AUDITED = "audited";
  public static final String PUBLISH_BEFORE_JOURNAL = "publish-before-journal";
  public static final String PUBLISH_AFTER_JOURNAL = "publish-after-journal";
  public static final String PUBLISH_FILES_MOVED = "publish-files-moved";
  public static final String PUBLISH_AFTER_FIRST_TABLE = "publish-after-first-table";
  public static final String PUBLISH_BEFORE_PUBLISHED = "publish-before-published";
  public static final String PUBLISH_AFTER_PUBLISHED = "publish-after-published";
  public static final String OPS_BEFORE = "ops-before";
  public static final String CLOSE_BEGUN = "close-begun";
  public static final String CLOSE_GATED = "close-gated";
  public static final String CLOSE_RENDERED = "close-rendered";
  public static final String DECISION_BEFORE_JOURNAL = "decision-before-journal";
  public static final String DECISION_AFTER_JOURNAL = "decision-after-journal";
  public static final String CLOSE_AFTER_FIRST_PIN = "close-after-first-pin";
  public static final String CLOSE_PINNED = "close-pinned";
  public static final String DECISION_AFTER_FIRST_TABLE = "decision-after-first-table";
  public static final String DECISION_BEFORE_RECORDED = "decision-before-recorded";
  public static final String DECISION_AFTER_RECORDED = "decision-after-recorded";

  /** The points of a night and of a close, in order. */
  public static final List<String> ALL =
      List.of(
          RECOVER_BEFORE_SWEEP,
          NIGHT_BEGUN,
          LAND_BEFORE_PIN,
          LAND_AFTER_PIN,
          LANDED,
          PLANNED,
          STAGE_BEFORE_WRITE,
          STAGE_AFTER_WRITE,
          STAGE_AFTER_COMPARE,
          STAGED,
          AUDITED,
          PUBLISH_BEFORE_JOURNAL,
          PUBLISH_AFTER_JOURNAL,
          PUBLISH_FILES_MOVED,
          PUBLISH_AFTER_FIRST_TABLE,
          PUBLISH_BEFORE_PUBLISHED,
          PUBLISH_AFTER_PUBLISHED,
          OPS_BEFORE,
          CLOSE_BEGUN,
          CLOSE_GATED,
          CLOSE_RENDERED,
          DECISION_BEFORE_JOURNAL,
          DECISION_AFTER_JOURNAL,
          CLOSE_AFTER_FIRST_PIN,
          CLOSE_PINNED,
          DECISION_AFTER_FIRST_TABLE,
          DECISION_BEFORE_RECORDED,
          DECISION_AFTER_RECORDED);

  public static final String SEND_BEGUN = "send-begun";
  public static final String SEND_RENDERED = "send-rendered";
  public static final String SEND_QUEUED = "send-queued";
  public static final String SEND_BEFORE_SENDING = "send-before-sending";
  public static final String SEND_SENDING = "send-sending";
  public static final String SEND_HANDED_OVER = "send-handed-over";
  public static final String SEND_RECORDED = "send-recorded";

  /** Alerts are recorded for their routes, and none of them is sent. */
  public static final String ALERTS_COLLECTED = "alerts-collected";

  /** The points of a send, in order. */
  public static final List<String> SENDING =
      List.of(
          SEND_BEGUN,
          SEND_RENDERED,
          SEND_QUEUED,
          SEND_BEFORE_SENDING,
          SEND_SENDING,
          SEND_HANDED_OVER,
          SEND_RECORDED);

  private FailPoints() {}
}
