package costlake.deliver;

import costlake.config.MailAddress;
import costlake.outbox.MessageChange;
import costlake.outbox.Outbox;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The states of mails.
 *
 * @param outbox has the last change of each mail, which is its state
 */
record MailStates(Outbox<Mail> outbox) {
  /** Returns the state of each mail of a month. */
  List<MessageChange<Mail>> of(YearMonth month) {
    return outbox.last().stream().filter(c -> c.message().month().equals(month)).toList();
  }

  /**
   * Returns the recipients that have or may have received a statement, as keys of {@link
   * MailAddress}.
   */
  Set<String> reached(String statementId) {
    return outbox.last().stream()
        .filter(c -> c.message().statementId().equals(statementId))
        .filter(c -> c.state().mayHaveArrived())
        .flatMap(c -> c.message().recipients().stream())
        .map(MailAddress::key)
        .collect(Collectors.toSet());
  }
}
