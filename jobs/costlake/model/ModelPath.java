package costlake.model;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The path of an SQL file, which determines its use: {@code models/LAYER/NAME.sql}, {@code
 * models/LAYER/SUBJECT/NAME.sql} in a layer that is divided by subject, or {@code
 * sources/KIND/models/NAME.sql} for a model of a kind of source. The subject is for readers: it is
 * no part of the name of the model.
 *
 * @param path path in messages
 * @param folder layer of a model, or {@code audits} or {@code macros}
 * @param name file name without its ending
 * @param cases path of the cases of a model
 */
record ModelPath(String path, String folder, String name, String cases) {
  static final String MACROS = "macros";
  static final String AUDITS = "audits";

  private static final String SQL = ".sql";
  private static final String YAML = ".yml";
  private static final int DEPTH_IN_MODELS = 3;
  private static final int DEPTH_IN_SUBJECTS = 4;
  private static final int DEPTH_IN_SOURCES = 4;

  /**
   * Parses a path; empty if it is not a path of an SQL file of models or sources.
   *
   * @param layerOfKind returns the layer of the models of a kind of source
   */
  static Optional<ModelPath> of(String path, UnaryOperator<String> layerOfKind) {
    String[] parts = path.split("/", -1);
    String file = parts[parts.length - 1];
    if (!file.endsWith(SQL)) {
      return Optional.empty();
    }
    String name = file.substring(0, file.length() - SQL.length());
    if (isOfProgram(parts)) {
      return Optional.of(new ModelPath(path, parts[1], name, "tests/" + contract(path)));
    }
    if (parts.length == DEPTH_IN_SOURCES && parts[0].equals("sources")) {
      String folder = parts[2].equals("models") ? layerOfKind.apply(parts[1]) : parts[2];
      String cases = "sources/" + parts[1] + "/cases/" + name + YAML;
      return Optional.of(new ModelPath(path, folder, name, cases));
    }
    return Optional.empty();
  }

  private static boolean isOfProgram(String... parts) {
    return parts[0].equals("models")
        && (parts.length == DEPTH_IN_MODELS
            || (parts.length == DEPTH_IN_SUBJECTS && Layer.of(parts[1]).isPresent()));
  }

  /** Returns the path of the model that a file of cases tests. */
  static String modelOf(String cases) {
    return cases
        .replaceFirst("^tests/", "")
        .replaceFirst("^(sources/[^/]+)/cases/", "$1/models/")
        .replaceFirst("\\.yml$", SQL);
  }

  boolean isMacro() {
    return folder.equals(MACROS);
  }

  boolean isAudit() {
    return folder.equals(AUDITS);
  }

  boolean isModel() {
    return !isMacro() && !isAudit();
  }

  /** Returns the name of a model. */
  RelationName relation() {
    return new RelationName(folder, name);
  }

  /** Returns the path of the contract of a model, or of the description of an audit. */
  String contract() {
    return contract(path);
  }

  private static String contract(String path) {
    return path.substring(0, path.length() - SQL.length()) + YAML;
  }

  /** Returns the name by which a template imports a macro. */
  String imported() {
    return path.startsWith("models/") ? path.substring("models/".length()) : path;
  }
}
