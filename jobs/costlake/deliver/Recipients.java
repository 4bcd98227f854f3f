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
 * @param to addresses; empty only if there are no recipients at all
 * @param cc addresses that get a copy; none of them is in {@code to}
 */
record Recipients(List<String> to, List<String> cc) {
  Recipients {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
  }

  /** Returns the recipients of each statement; empty for teams with {@code no_mail}. */
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
        all.add(
            Optional.of(new Recipients(receiver.get().email(), receiver.get().cc()).distinct()));
      }
    }
    if (!without.isEmpty()) {
      throw Failure.operator(
          """
          Cannot send: no recipient for team %s. Give each of these teams an address under 'email' in
          owners.yml, or set 'no_mail: true'. Nothing was sent
          """,
          String.join(", ", without));
    }
    return all;
  }

  /** Keeps each address once, whatever its spelling. An address in {@code to} gets no copy. */
  private Recipients distinct() {
    return without(Set.of());
  }

  /** Leaves out the recipients with these addresses, given as keys of {@link MailAddress}. */
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
