package costlake.config;

import costlake.core.Message;
import costlake.core.Nearest;
import costlake.core.ReceiverId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Checks rules that span several records: ids are unique, and references name records that exist.
 */
final class CrossChecks {
  private final Problems problems = new Problems();
  private final ConfigDocument document;
  private final Settings settings;
  private final List<String> teams;

  private CrossChecks(ConfigDocument document, Settings settings) {
    this.document = document;
    this.settings = settings;
    this.teams = document.teams().stream().map(Owners.Team::id).toList();
  }

  static Problems of(ConfigDocument document, Settings settings) {
    CrossChecks checks = new CrossChecks(document, settings);
    checks.exchangeRates();
    checks.checkUniqueIds("sources", document.sources(), Source::id);
    checks.checkUniqueIds("teams", document.teams(), Owners.Team::id);
    checks.groups();
    checks.checkUniqueIds("rules", document.rules(), Owners.Rule::id);
    checks.members();
    checks.labels();
    checks.checkUniqueIds("node_groups", document.nodeGroups(), Allocation.NodeGroup::id);
    checks.checkUniqueIds("pools", document.pools(), Allocation.Pool::id);
    checks.checkUniqueIds("endpoints", document.endpoints(), Allocation.EndpointSettings::id);
    checks.owners();
    checks.allocationTeams();
    checks.conditions();
    checks.recipients();
    TagRuleChecks.check(document.tagRules(), document.owners(), settings, checks.problems);
    return checks.problems;
  }

  private <T> void checkUniqueIds(String path, List<T> values, Function<T, String> id) {
    reportRepeated(
        path, "id", values, id, v -> "id '" + id.apply(v) + "' is used twice in " + path);
  }

  /** Reports a problem for each value with the same identity as an earlier value. */
  private <T> void reportRepeated(
      String path,
      String key,
      List<T> values,
      Function<T, ?> identity,
      Function<T, String> problem) {
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (!seen.add(identity.apply(values.get(i)))) {
        problems.add(settings.origin(path + "[" + i + "]." + key), problem.apply(values.get(i)));
      }
    }
  }

  private void exchangeRates() {
    reportRepeated(
        "statement.exchange_rates",
        "date",
        document.statement().exchangeRates(),
        rate -> List.of(rate.date(), rate.from(), rate.to()),
        rate -> "%s to %s has two rates on %s".formatted(rate.from(), rate.to(), rate.date()));
  }

  private void owners() {
    if (document.lastResort() != null) {
      checkTeam("last_resort.team", document.lastResort().team());
    } else if (!teams.isEmpty()) {
      problems.add(settings.origin("teams"), "'last_resort' is required if there are teams");
    }
    for (int i = 0; i < document.rules().size(); i++) {
      Owners.Assign assign = document.rules().get(i).assign();
      if (assign != null) {
        checkTeam("rules[" + i + "].assign.team", assign.team());
      }
    }
  }

  private void groups() {
    checkUniqueIds("groups", document.groups(), Owners.Group::id);
    List<String> known = Owners.Group.ids(document.teams());
    for (int i = 0; i < document.groups().size(); i++) {
      String id = document.groups().get(i).id();
      if (!known.contains(id) && ReceiverId.project(id).isEmpty()) {
        problems.add(
            settings.origin("groups[" + i + "].id"),
            Message.of(
                """
                '%s' is not the id of a cost centre, of the company or of a project.%s Valid ids:
                %s, and %sNAME with a name of lower-case letters, digits, - or _
                """,
                id, Nearest.hint(id, known), String.join(", ", known), ReceiverId.PROJECT));
      }
    }
  }

  private void labels() {
    for (String name : new TreeSet<>(document.tags().labels().keySet())) {
      if (!Owners.Tags.LABELS.contains(name)) {
        problems.add(
            settings.origin("tags.labels." + name),
            "labels cannot name '%s'.%s Allowed: %s"
                .formatted(
                    name,
                    Nearest.hint(name, Owners.Tags.LABELS),
                    String.join(", ", Owners.Tags.LABELS)));
      }
    }
  }

  private void members() {
    reportRepeated(
        "members",
        "user",
        document.members(),
        Member::user,
        member -> "user '" + member.user() + "' is used twice in members");
    for (int i = 0; i < document.members().size(); i++) {
      for (String team : document.members().get(i).teams()) {
        checkTeam("members[" + i + "].teams", team);
      }
    }
  }

  private void allocationTeams() {
    for (int i = 0; i < document.nodeGroups().size(); i++) {
      checkTeam("node_groups[" + i + "].idle_owner", document.nodeGroups().get(i).idleOwner());
    }
    for (int i = 0; i < document.pools().size(); i++) {
      Allocation.Pool pool = document.pools().get(i);
      for (String team : pool.teams()) {
        checkTeam("pools[" + i + "].teams", team);
      }
      for (String team : pool.shares().keySet()) {
        checkTeam("pools[" + i + "].shares", team);
      }
    }
  }

  private void conditions() {
    for (int i = 0; i < document.rules().size(); i++) {
      checkKeys("rules[" + i + "].where", document.rules().get(i).where(), ConditionKeys.ALL);
    }
    for (int i = 0; i < document.pools().size(); i++) {
      checkKeys("pools[" + i + "].where", document.pools().get(i).where(), ConditionKeys.CHARGES);
    }
    for (int i = 0; i < document.endpoints().size(); i++) {
      List<Allocation.EndpointRule> rules = document.endpoints().get(i).paidBy();
      for (int j = 0; j < rules.size(); j++) {
        String path = "endpoints[%d].paid_by[%d].where".formatted(i, j);
        checkKeys(path, rules.get(j).where(), ConditionKeys.ENDPOINTS);
      }
    }
  }

  /**
   * Reports each address that would receive the statements of several teams, unless it is in {@code
   * shared_recipients}.
   */
  private void recipients() {
    List<String> shared = document.sharedRecipients().stream().map(MailAddress::key).toList();
    Map<String, String> teamOf = new HashMap<>();
    for (int i = 0; i < document.teams().size(); i++) {
      Owners.Team team = document.teams().get(i);
      for (String address : team.recipients()) {
        String other = teamOf.putIfAbsent(MailAddress.key(address), team.id());
        if (other != null
            && !other.equals(team.id())
            && !shared.contains(MailAddress.key(address))) {
          problems.add(
              settings.origin("teams[" + i + "].id"),
              Message.of(
                  """
                  '%s' is a recipient of team '%s' and of team '%s'. If this person may see
                  both statements, add the address to shared_recipients
                  """,
                  address, other, team.id()));
        }
      }
    }
  }

  private void checkKeys(String path, Map<String, String> where, List<String> known) {
    for (String key : new TreeSet<>(where.keySet())) {
      conditionKey(path, key, known)
          .ifPresent(problem -> problems.add(settings.origin(path + "." + key), problem));
    }
  }

  /** Returns the problem of a condition whose key is not one of the known keys. */
  static Optional<String> conditionKey(String path, String key, List<String> known) {
    if (known.contains(key)) {
      return Optional.empty();
    }
    return Optional.of(
        Message.of(
            "'%s' has a condition on '%s', which is not a valid key.%s",
            path,
            key,
            Nearest.to(key, known)
                .map(near -> " Did you mean '" + near + "'?")
                .orElse(" Valid keys: " + String.join(", ", known) + ".")));
  }

  private void checkTeam(String path, String id) {
    if (!teams.contains(id)) {
      problems.add(
          settings.origin(path),
          Message.of(
              "'%s' names team '%s', which is not in teams.%s", path, id, Nearest.hint(id, teams)));
    }
  }
}
