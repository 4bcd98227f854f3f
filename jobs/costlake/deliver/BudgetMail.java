package costlake.deliver;

import costlake.config.Config;
import costlake.core.Progress;
import costlake.deliver.Letters.Letter;
import costlake.lake.Lake;
import costlake.outbox.MessageChange;
import costlake.outbox.Outbox;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells teams which thresholds their budgets reached. A threshold is recorded first, and then
 * mailed, each once in a period, even if the process is killed or bills are restated.
 */
public final class BudgetMail {
  private BudgetMail() {}

  /**
   * Records the thresholds that budgets reached since the last call, and mails those that were not
   * mailed yet. Without a mail server they are recorded and wait.
   *
   * @return the state of each threshold that fired in a current period or in one that ended lately
   */
  public static List<MessageChange<Threshold>> send(Config config, Lake lake, Progress progress) {
    try (FiredThresholds fired = FiredThresholds.of(lake, "budgets --send")) {
      new Letters<>(config, fired.outbox(), threshold -> letter(config, threshold)).send(progress);
      return fired.recent();
    }
  }

  /** Records a person's decision about a mail whose outcome is unknown. */
  public static MessageChange<Threshold> resolve(
      Lake lake, String id, MailDecision decision, String actor, @Nullable String reason) {
    try (Outbox<Threshold> outbox =
        Outbox.open(lake, new ThresholdChannel(), "budgets --resolve")) {
      return new MailOutcomes<>(outbox).resolve(id, decision, actor, reason);
    }
  }

  private static Optional<Letter> letter(Config config, Threshold threshold) {
    return Recipients.of(config, threshold.teamId())
        .map(
            recipients ->
                new Letter(
                    recipients, new ThresholdText(config.locale(threshold.teamId()), threshold)));
  }
}
