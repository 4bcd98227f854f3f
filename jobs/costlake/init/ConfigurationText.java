package costlake.init;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import costlake.core.AtomicFile;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.init.BillSurvey.Account;
import costlake.init.BillSurvey.Tag;
import costlake.init.Proposal.BillSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the files of the proposed configuration, with comments that say what to change. */
final class ConfigurationText {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final int TAGS_SHOWN = 30;

  private final Proposal proposal;
  private final ConfigurationPaths places;

  private ConfigurationText(Proposal proposal) {
    this.proposal = proposal;
    this.places = ConfigurationPaths.of(proposal.conf());
  }

  static ConfigurationText of(Proposal proposal) {
    return new ConfigurationText(proposal);
  }

  void write() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("costlake.yml", company());
    files.put("sources.yml", sources());
    files.put("owners.yml", owners());
    files.put("allocation.yml", allocation());
    files.forEach((name, text) -> write(proposal.conf().resolve(name), text));
    proposal.lists().forEach(this::copy);
  }

  private void copy(Path list) {
    Path target = proposal.conf().resolve("reference").resolve(list.getFileName());
    try {
      AtomicFile.write(target, Files.readAllBytes(list));
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot copy %s to %s: %s", list, target, FileErrors.why(e));
    }
  }

  private static void write(Path file, String text) {
    try {
      AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw Failure.operator(
          e, "Cannot write %s: %s. Name a folder that can be written.", file, FileErrors.why(e));
    }
  }

  private String company() {
    return """
    # Company, lake and statements. Keys that are not here have defaults: docs/configuration.md explains every key,
    # './costlake config --conf DIR' prints all values.

    company:
      name: %s          # printed on statements: change it
      contact: finops@example.com   # for questions and disputes, printed on every page: change it
      currency: %s

    # The lake, statements and users are beside this folder, so that this folder can be kept in version control.
    lake:
      root: %s

    statement:
      to: %s
      locale: en-US                 # or de-DE
      exchange_rates: []            # - {date: 2026-09-30, from: USD, to: EUR, rate: 0.85, source: Treasury}

    # Conditions under which 'costlake close' closes a month.
    close:
      invoices:                     # CSV of invoices received: billing_month,invoice_id,currency,amount

    # To mail statements with 'costlake send', set the transport here and the recipients in owners.yml.
    mail:
      transport: none               # or smtp, ses

    serve:
      users: %s
    """
        .formatted(
            quoted(proposal.company()),
            proposal.currency(),
            quoted(places.beside("-lake")),
            quoted(places.beside("-statements")),
            quoted(places.beside("-users")));
  }

  private String sources() {
    return """
    # What every night reads: a file, a folder or s3://bucket/prefix. A night also reads new months that are delivered there.
    # Secrets come from the environment: ${NAME}, or ${file:NAME} for a file whose path is in NAME.

    sources:
    %s
    # './costlake add-source KIND PATH' adds another source; docs/sources.md lists the kinds.
    """
        .formatted(
            lines(
                Stream.concat(
                        proposal.sources().stream().map(ConfigurationText::source),
                        proposal.others().stream().flatMap(other -> other.lines("  ").stream()))
                    .toList()));
  }

  private static String source(BillSource source) {
    String comment =
        source.namesProvider()
            ? ""
            : "  # the charges do not name their provider: add 'provider: NAME'";
    return "  - {id: %s, kind: %s, location: %s}%s"
        .formatted(source.id(), source.kind(), quoted(source.location()), comment);
  }

  private String owners() {
    ProposedTeams teams = proposal.teams();
    return """
    # Teams, and the rules that assign charges to them. The kinds of rules apply in the order override, tag, namespace, account.
    %s
    # The team of all charges that no rule assigns.
    last_resort: {team: %s}

    # Each team may also have email: [lead@example.com], cost_centre, language and reporting_currency.
    teams:
    %s
    %s
    rules:
    %s
    %s\
    """
        .formatted(
            reason(),
            ProposedTeams.UNASSIGNED,
            lines(teamLines()),
            tags(),
            lines(teams.rules().stream().map(ConfigurationText::rule).toList()),
            accounts());
  }

  private String reason() {
    ProposedTeams teams = proposal.teams();
    long charges = proposal.survey().charges();
    if (teams.keys().isEmpty()) {
      return "# The bill has no tag that could name teams, so each account is a team. Merge, split"
          + " and rename them as you like.\n"
          + tagList();
    }
    long owned = teams.rules().stream().mapToLong(ProposedTeams.Rule::charges).sum();
    return "# Each value of the tag %s is a team; %d of %d charges have this tag. To merge teams, give their rules the same team.\n"
            .formatted(listed(teams.keys()), owned, charges)
        + tagList()
        + left();
  }

  private String tagList() {
    List<Tag> tags = proposal.survey().tags();
    if (tags.isEmpty()) {
      return "";
    }
    String more =
        tags.size() > TAGS_SHOWN ? "# and " + (tags.size() - TAGS_SHOWN) + " more keys\n" : "";
    return "#\n# Tag keys of the bill, with the number of charges and of different values:\n"
        + tags.stream()
            .limit(TAGS_SHOWN)
            .map(
                t ->
                    "#   %s  %d charges, %d values%n"
                        .formatted(comment(t.key()), t.charges(), t.values()))
            .collect(Collectors.joining())
        + more;
  }

  private String left() {
    List<String> left = proposal.teams().left();
    return left.isEmpty()
        ? ""
        : "#\n# %d more values have no team yet. Their charges go to %s, e.g. those of %s.\n"
            .formatted(left.size(), ProposedTeams.UNASSIGNED, comment(left.get(0)));
  }

  private List<String> teamLines() {
    Map<String, String> names = new LinkedHashMap<>(proposal.teams().names());
    names.putIfAbsent(ProposedTeams.UNASSIGNED, "Unassigned");
    return names.entrySet().stream()
        .map(
            team ->
                "  - {id: %s, name: %s}"
                    .formatted(quotedId(team.getKey()), quoted(team.getValue())))
        .toList();
  }

  private String tags() {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    if (!proposal.teams().keys().isEmpty()) {
      keys.put("team", proposal.teams().keys());
    }
    keys.putAll(proposal.tagKeys());
    if (keys.isEmpty()) {
      return "";
    }
    return "\n"
        + "# The keys of the bill for each tag. The first key that a charge has counts, the name of the tag itself last.\n"
        + "tags:\n"
        + "  keys:\n"
        + lines(
            keys.entrySet().stream()
                .map(e -> "    %s: [%s]".formatted(e.getKey(), listed(e.getValue())))
                .toList())
        + "\n";
  }

  private static String rule(ProposedTeams.Rule rule) {
    return "  - {id: %s, kind: %s, where: {%s: %s}, assign: {team: %s}}  # %d charges"
        .formatted(
            quotedId(rule.id()),
            rule.isTag() ? "tag" : "account",
            rule.isTag() ? "team" : "SubAccountId",
            quoted(rule.value()),
            quotedId(rule.team()),
            rule.charges());
  }

  /** Writes rules for accounts as comments. The operator adds the name of a team to use them. */
  private String accounts() {
    if (proposal.teams().keys().isEmpty()) {
      return "";
    }
    Ids ids = new Ids();
    return "\n"
        + "# Charges without such a tag can be assigned by account. Name a team and remove the #"
        + " before a rule.\n"
        + proposal.survey().accounts().stream()
            .filter(account -> account.id() != null)
            .map(account -> account(account, ids))
            .collect(Collectors.joining());
  }

  private static String account(Account account, Ids ids) {
    String name = account.name() == null ? "" : comment(account.name()) + ", ";
    return "#  - {id: %s, kind: account, where: {SubAccountId: %s}, assign: {team: %s}}  # %s%d charges\n"
        .formatted(
            quotedId(ids.unique("account-" + Ids.of(account.id()))),
            quoted(account.id()),
            ProposedTeams.UNASSIGNED,
            name,
            account.charges());
  }

  private static String allocation() {
    return """
    # How shared costs are split. Finance owns this file.

    # A pool splits charges that all teams share, e.g. the charges for support, in proportion to the cost of each team:
    #   - {id: support, name: Support, where: {ServiceName: 'AWS Support (Business)'}, driver: cost, fallback: even}
    pools: []

    # If a source of kind prometheus measures a cluster, the cost of its nodes can be split over the workloads:
    #   - {id: nodes, where: {cluster: train-use1}, method: price-ratio, idle: proportional, idle_owner: unassigned}
    node_groups: []
    """;
  }

  private static String listed(List<String> keys) {
    return keys.stream().map(ConfigurationText::quoted).collect(Collectors.joining(", "));
  }

  private static String lines(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining()).stripTrailing();
  }

  /** Quotes an id if YAML would not read it as text. */
  private static String quotedId(String id) {
    return id.matches("[a-z][a-z0-9_-]*[a-z_-][a-z0-9_-]*")
            && !id.matches("null|true|false|yes|no|on|off")
        ? id
        : quoted(id);
  }

  /** Removes line breaks and control characters, so that a text fits into a comment. */
  private static String comment(String text) {
    return text.replaceAll("[\\p{Cc}\\x{2028}\\x{2029}\\x{FEFF}]", " ");
  }

  static String quoted(String text) {
    try {
      return text.matches("[^'\\p{Cc}\\x{2028}\\x{2029}\\x{FEFF}]*")
          ? "'" + text + "'"
          : JSON.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
