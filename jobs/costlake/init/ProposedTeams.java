package costlake.init;

import costlake.init.BillSurvey.Account;
import costlake.init.BillSurvey.Tag;
import costlake.init.BillSurvey.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The proposed teams, and the rules that assign charges to them.
 *
 * @param keys keys of the tag whose values are teams; empty if each account is a team
 * @param names names of the teams, by id
 * @param left values of the tag that have no team, because there are too many values
 */
record ProposedTeams(
    List<String> keys, Map<String, String> names, List<Rule> rules, List<String> left) {
  /** The team of the charges that no rule assigns. */
  static final String UNASSIGNED = "unassigned";

  private static final int TEAMS_MAX = 50;

  /** A rule for one value of the tag, or for one account. */
  record Rule(String id, boolean isTag, String value, String team, long charges) {}

  /**
   * Proposes teams.
   *
   * @param spellings for each canonical tag, the tag keys that usually have the same meaning
   * @param values reads the values of the tag that has these keys
   */
  static ProposedTeams of(
      BillSurvey survey,
      Map<String, List<String>> spellings,
      Function<List<String>, List<Value>> values) {
    List<String> keys = keys(survey.tags(), spellings);
    return keys.isEmpty() ? ofAccounts(survey.accounts()) : ofTag(keys, values.apply(keys));
  }

  /**
   * Returns the keys that usually name a team or, if there are none, the most used key with few
   * values.
   */
  private static List<String> keys(List<Tag> tags, Map<String, List<String>> spellings) {
    List<String> usual = found(tags, spellings.getOrDefault("team", List.of()));
    if (!usual.isEmpty()) {
      return usual;
    }
    List<String> others =
        spellings.values().stream().flatMap(List::stream).map(ProposedTeams::lower).toList();
    return tags.stream()
        .filter(tag -> tag.values() <= TEAMS_MAX && !tag.key().startsWith("aws:"))
        .filter(tag -> !lower(tag.key()).equals("name") && !others.contains(lower(tag.key())))
        .map(Tag::key)
        .limit(1)
        .toList();
  }

  /** Finds the keys of the bill that are in {@code spellings}, whatever their letter case. */
  static List<String> found(List<Tag> tags, List<String> spellings) {
    return spellings.stream()
        .map(ProposedTeams::lower)
        .distinct()
        .flatMap(name -> tags.stream().map(Tag::key).filter(key -> lower(key).equals(name)))
        .toList();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static ProposedTeams ofTag(List<String> keys, List<Value> values) {
    Map<String, String> names = new LinkedHashMap<>();
    List<Rule> rules = new ArrayList<>();
    List<String> left = new ArrayList<>();
    Ids ids = new Ids();
    for (Value value : values) {
      String team = Ids.of(value.value());
      if (names.size() < TEAMS_MAX || names.containsKey(team)) {
        names.putIfAbsent(team, value.value());
        rules.add(new Rule(ids.unique("tag-" + team), true, value.value(), team, value.charges()));
      } else {
        left.add(value.value());
      }
    }
    return new ProposedTeams(keys, names, rules, left);
  }

  private static ProposedTeams ofAccounts(List<Account> accounts) {
    Map<String, String> names = new LinkedHashMap<>();
    List<Rule> rules = new ArrayList<>();
    Ids ids = new Ids();
    for (Account account : accounts) {
      if (account.id() != null) {
        String name = account.name() == null ? "Account " + account.id() : account.name();
        String team = ids.unique(Ids.of(name));
        names.put(team, name);
        rules.add(new Rule(team, false, account.id(), team, account.charges()));
      }
    }
    return new ProposedTeams(List.of(), names, rules, List.of());
  }
}
