package costlake.model;

import costlake.config.Origin;
import costlake.core.Message;
import costlake.core.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the rules of contracts, except types, which Spark checks. */
final class ContractRules {
  private final Model model;
  private final String subject;
  private final List<String> problems;

  ContractRules(Model model, String subject, List<String> problems) {
    this.model = model;
    this.subject = subject;
    this.problems = problems;
  }

  void check() {
    Contract contract = model.contract();
    Set<String> names = new HashSet<>();
    contract
        .columns()
        .forEach(
            c -> {
              if (!names.add(c.name())) {
                add("column '" + c.name() + "' is in the contract twice", c.origin());
              }
            });
    contract.key().forEach(column -> known("key", column, names));
    if (contract.carries() != null) {
      known("carries", contract.carries(), names);
    }
    if (contract.spreads() != null) {
      known("spreads", contract.spreads().days(), names);
      contract.spreads().when().forEach(column -> known("spreads", column, names));
    }
    contract.nullableKey().stream()
        .filter(column -> !contract.key().contains(column))
        .forEach(
            column ->
                add(
                    Message.of(
                        "'nullable_key' names '%s', which 'key' does not.%s",
                        column, Nearest.hint(column, contract.key())),
                    contract.origin()));
    if (contract.partition().column() != null) {
      known("partition", contract.partition().column(), names);
      contract.columns().stream()
          .filter(c -> c.name().equals(contract.partition().column()))
          .filter(c -> !c.type().equals("date") || c.nullable())
          .forEach(
              c ->
                  add(
                      "partition column '" + c.name() + "' must be a date that is not nullable",
                      c.origin()));
    }
    Set<String> upstream =
        model.references().stream().map(r -> r.target().toString()).collect(Collectors.toSet());
    contract.reads().keySet().forEach(relation -> upstream("reads", relation, upstream));
    contract.monthsBefore().forEach((relation, months) -> months(relation, months, upstream));
    checkReads("affected", contract.affected());
    checkReads("needed", contract.needed());
    if (contract.needed() != null && references(contract.needed()).count() != 1) {
      add(
          "'needed' returns the days of one relation, so it must read only that relation",
          contract.origin());
    }
  }

  private void upstream(String key, String relation, Set<String> upstream) {
    if (!upstream.contains(relation)) {
      add(
          Message.of(
              "'%s' names '%s', which the model does not refer to.%s",
              key, relation, Nearest.hint(relation, upstream)),
          model.contract().origin());
    }
  }

  private void months(String relation, int months, Set<String> upstream) {
    upstream("months_before", relation, upstream);
    if (months < 1) {
      add(
          "'months_before' of " + relation + " must be at least 1, not " + months,
          model.contract().origin());
    }
  }

  private Stream<RelationName> references(String sql) {
    return Models.references(model.contract().origin().file(), sql).stream()
        .map(Reference::target)
        .distinct();
  }

  private void checkReads(String key, @Nullable String sql) {
    if (sql == null) {
      return;
    }
    Contract contract = model.contract();
    references(sql)
        .filter(target -> !target.equals(model.name()))
        .filter(target -> !contract.reads().containsKey(target.toString()))
        .forEach(
            target ->
                add(
                    Message.of(
                        """
                        '%s' reads '%s', which 'reads' does not list. Add it there with the part
                        that a partition needs, month or all
                        """,
                        key, target),
                    contract.origin()));
  }

  private void known(String what, String column, Set<String> names) {
    if (!names.contains(column)) {
      add(
          what + " column '" + column + "' is not in the contract." + Nearest.hint(column, names),
          model.contract().origin());
    }
  }

  private void add(String what, Origin origin) {
    problems.add(subject + what + " (" + origin + ")");
  }
}
