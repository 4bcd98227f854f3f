package costlake.model;

import costlake.config.Origin;
import costlake.core.Message;
import costlake.core.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The columns of contracts, complete. A contract writes a column out, or takes it from another
 * contract ({@code columns_of}, {@code as_in}) or from models/columns.yml.
 */
final class ContractColumns {
  private final Set<String> models;
  private final Map<String, Contract> contracts;
  private final Map<String, ColumnDefaults.Default> defaults;
  private final List<String> problems;
  private final Map<String, List<Contract.Column>> completed = new TreeMap<>();
  private final Set<String> inWork = new HashSet<>();

  /**
   * Prepares to complete contracts.
   *
   * @param models names of all models, also of those whose contract cannot be read
   * @param contracts contracts as written, by the name of the model
   * @param defaults columns of models/columns.yml
   * @param problems receives the mistakes in contracts
   */
  ContractColumns(
      Set<String> models,
      Map<String, Contract> contracts,
      Map<String, ColumnDefaults.Default> defaults,
      List<String> problems) {
    this.models = models;
    this.contracts = contracts;
    this.defaults = defaults;
    this.problems = problems;
  }

  /** Returns all columns of a model in order. */
  List<Contract.Column> of(String model) {
    List<Contract.Column> columns = completed.get(model);
    if (columns == null) {
      inWork.add(model);
      columns = completed(model, Objects.requireNonNull(contracts.get(model)));
      inWork.remove(model);
      completed.put(model, columns);
    }
    return columns;
  }

  private List<Contract.Column> completed(String model, Contract contract) {
    List<Contract.Column> columns = new ArrayList<>();
    if (contract.columnsOf() != null) {
      columns.addAll(extended(contract, contract.columnsOf()));
    }
    contract.columns().forEach(written -> columns.add(completed(model, written)));
    return columns;
  }

  private List<Contract.Column> extended(Contract contract, String extended) {
    List<Contract.Column> columns = columnsOf("columns_of", extended, contract.origin());
    contract
        .without()
        .forEach(name -> mustHave(name, "without", extended, columns, contract.origin()));
    return columns.stream().filter(c -> !contract.without().contains(c.name())).toList();
  }

  /** Returns the columns of the model that a key names; none, and a problem, if it cannot. */
  private List<Contract.Column> columnsOf(String key, String model, Origin origin) {
    if (!models.contains(model)) {
      problems.add(
          Message.of(
              "'%s' names '%s', which does not exist.%s (%s)",
              key, model, Nearest.hint(model, models), origin));
      return List.of();
    }
    if (inWork.contains(model)) {
      problems.add(Message.of("'%s' leads back to '%s' (%s)", key, model, origin));
      return List.of();
    }
    return contracts.containsKey(model) ? of(model) : List.of();
  }

  /** Reports a column that another model should have and does not. */
  private void mustHave(
      String column, String key, String model, List<Contract.Column> columns, Origin origin) {
    List<String> names = columns.stream().map(Contract.Column::name).toList();
    if (!names.isEmpty() && !names.contains(column)) {
      problems.add(
          Message.of(
              "'%s' names '%s', which %s does not have.%s (%s)",
              key, column, model, Nearest.hint(column, names), origin));
    }
  }

  /** Adds to a column what another contract or models/columns.yml says of it. */
  private Contract.Column completed(String model, Contract.Column written) {
    if (written.asIn() != null) {
      return asIn(written, written.asIn()).map(written::completed).orElse(written);
    }
    ColumnDefaults.Default other = defaults.get(written.name());
    Contract.Column column =
        other == null || !written.type().isEmpty() ? written : written.completed(other);
    if (column.type().isEmpty() || column.meaning() == null) {
      problems.add(
          Message.of(
              """
              Cannot build %s: column '%s' needs type and meaning; models/columns.yml does not
              have it.%s (%s)
              """,
              model,
              column.name(),
              Nearest.hint(column.name(), defaults.keySet()),
              column.origin()));
    }
    return column;
  }

  private Optional<ColumnDefaults.Default> asIn(Contract.Column written, String model) {
    if (!written.type().isEmpty()) {
      problems.add(
          Message.of(
              "column '%s' has 'type' and 'as_in'; remove one of them (%s)",
              written.name(), written.origin()));
      return Optional.empty();
    }
    List<Contract.Column> others = columnsOf("as_in", model, written.origin());
    mustHave(written.name(), "as_in", model, others, written.origin());
    return others.stream()
        .filter(other -> other.name().equals(written.name()))
        .map(Contract.Column::asDefault)
        .findFirst();
  }
}
