package costlake.deliver;

import costlake.config.MailAddress;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The state of each mail, which is its last change. */
final class MailStates {
  private final Map<String, MailChange> last = new LinkedHashMap<>();

  MailStates(List<MailChange> changes) {
    changes.forEach(this::add);
  }

  /** Adds a newer change of a mail. The change becomes the state of the mail. */
  void add(MailChange change) {
    last.put(change.mail().messageId(), change);
  }

  Optional<MailChange> of(String messageId) {
    return Optional.ofNullable(last.get(messageId));
  }

  /** Returns the state of each mail of a month. */
  List<MailChange> of(YearMonth month) {
    return last.values().stream().filter(c -> c.mail().month().equals(month)).toList();
  }

  /** Returns the state of each mail that carries this statement. */
  List<MailChange> ofStatement(String statementId) {
    return last.values().stream().filter(c -> c.mail().statementId().equals(statementId)).toList();
  }

  /**
   * Returns the recipients that have or may have received a statement, as keys of {@link
   * MailAddress}.
   */
  Set<String> reached(String statementId) {
    return ofStatement(statementId).stream()
        .filter(c -> c.state().mayHaveArrived())
        .flatMap(c -> c.mail().recipients().stream())
        .map(MailAddress::key)
        .collect(Collectors.toSet());
  }

  List<MailChange> all() {
    return List.copyOf(last.values());
  }
}
