package costlake.model;

import costlake.core.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a contract must say to be kept, apart from types, which the engine knows. */
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
                add("column '" + c.name() + "' stands twice in the contract", c.origin());
              }
            });
    contract.key().forEach(column -> known("key", column, names));
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
    contract
        .reads()
        .keySet()
        .forEach(
            relation -> {
              if (!upstream.contains(relation)) {
                add(
                    "'reads' names '"
                        + relation
                        + "', which the model does not refer to."
                        + Nearest.hint(relation, upstream),
                    contract.origin());
              }
            });
    checkAffected(contract);
  }

  private void checkAffected(Contract contract) {
    if (model.affected() == null) {
      return;
    }
    Models.references(contract.origin(), contract.affected()).stream()
        .filter(r -> !r.target().equals(model.name()))
        .filter(r -> !contract.reads().containsKey(r.target().toString()))
        .forEach(
            r ->
                add(
                    "'affected' looks into '"
                        + r.target()
                        + "': say under 'reads' how much of it a partition needs (month or all)",
                    contract.origin()));
  }

  private void known(String what, String column, Set<String> names) {
    if (!names.contains(column)) {
      add(
          what + " column '" + column + "' is not in the contract." + Nearest.hint(column, names),
          model.contract().origin());
    }
  }

  private void add(String what, String origin) {
    problems.add(subject + what + " (" + origin + ")");
  }
}
