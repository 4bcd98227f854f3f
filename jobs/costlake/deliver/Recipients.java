package costlake.deliver;

import costlake.config.Config;
import costlake.config.MailAddress;
import costlake.config.Owners;
import costlake.core.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The recipients of a mail.
 *
 * @param to addresses, at least one unless nobody is left
 * @param cc addresses of copies, none of them in {@code to}
 */
record Recipients(List<String> to, List<String> cc) {
  Recipients {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
  }

  /** The recipients of each statement in turn; empty for teams without mail. */
  static List<Optional<Recipients>> of(Config config, List<OutgoingStatement> statements) {
    if (config.mail().sendAllTo() != null) {
      Recipients everything = new Recipients(List.of(config.mail().sendAllTo()), List.of());
      return statements.stream().map(i -> Optional.of(everything)).toList();
    }
    List<Optional<Recipients>> all = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (OutgoingStatement statement : statements) {
      Optional<Owners.Receiver> receiver = config.owners().receiver(statement.teamId());
      if (receiver.isPresent() && receiver.get().noMail()) {
        all.add(Optional.empty());
      } else if (receiver.isEmpty() || receiver.get().recipients().isEmpty()) {
        without.add(statement.teamId());
      } else {
        all.add(Optional.of(new Recipients(receiver.get().email(), receiver.get().cc()).each()));
      }
    }
    if (!without.isEmpty()) {
      throw Failure.operator(
          """
          Cannot send: no recipient for team %s. Give each an address under 'email' in owners.yml,
          or 'no_mail: true'; nothing was sent
          """,
          String.join(", ", without));
    }
    return all;
  }

  /** Each address once, in any spelling; a recipient in {@code to} gets no copy. */
  private Recipients each() {
    return without(Set.of());
  }

  /** The recipients that are not among the addresses; the keys of {@link MailAddress} compare. */
  Recipients without(Set<String> keys) {
    Set<String> seen = new HashSet<>(keys);
    List<String> direct = to.stream().filter(a -> seen.add(MailAddress.key(a))).toList();
    List<String> copies = cc.stream().filter(a -> seen.add(MailAddress.key(a))).toList();
    return direct.isEmpty() ? new Recipients(copies, List.of()) : new Recipients(direct, copies);
  }

  List<String> all() {
    return Stream.concat(to.stream(), cc.stream()).toList();
  }

  boolean isEmpty() {
    return to.isEmpty();
  }
}
