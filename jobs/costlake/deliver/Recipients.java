package costlake.deliver;

import costlake.config.Config;
import costlake.config.MailAddress;
import costlake.config.Owners;
import costlake.core.Failure;
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
    List<String> without =
        statements.stream()
            .map(OutgoingStatement::teamId)
            .filter(team -> of(config, team).isEmpty() && !wantsNone(config, team))
            .toList();
    if (!without.isEmpty()) {
      throw Failure.operator(
          """
          Cannot send: no recipient for team %s. Give each of these teams an address under 'email' in
          owners.yml, or set 'no_mail: true'. Nothing was sent
          """,
          String.join(", ", without));
    }
    return statements.stream().map(statement -> of(config, statement.teamId())).toList();
  }

  private static boolean wantsNone(Config config, String teamId) {
    return config.owners().receiver(teamId).filter(Owners.Receiver::noMail).isPresent();
  }

  /** Returns the recipients of a team; empty if it has no address or wants no mail. */
  static Optional<Recipients> of(Config config, String teamId) {
    if (config.mail().sendAllTo() != null) {
      return Optional.of(new Recipients(List.of(config.mail().sendAllTo()), List.of()));
    }
    return config
        .owners()
        .receiver(teamId)
        .filter(receiver -> !receiver.noMail() && !receiver.recipients().isEmpty())
        .map(receiver -> new Recipients(receiver.email(), receiver.cc()).distinct());
  }

  /** Returns the recipients of a request: those approvers of a team who have an address. */
  static Optional<Recipients> approvers(Config config, String teamId, List<String> users) {
    if (config.mail().sendAllTo() != null) {
      return Optional.of(new Recipients(List.of(config.mail().sendAllTo()), List.of()));
    }
    List<String> addresses =
        config.owners().teams().stream()
            .filter(team -> team.id().equals(teamId))
            .flatMap(team -> team.approvers().stream())
            .filter(approver -> users.contains(approver.user()))
            .flatMap(approver -> Optional.ofNullable(approver.email()).stream())
            .toList();
    return Optional.of(new Recipients(addresses, List.of()).distinct())
        .filter(recipients -> !recipients.isEmpty());
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
