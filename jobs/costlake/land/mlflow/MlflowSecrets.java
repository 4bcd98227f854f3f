package costlake.land.mlflow;

import java.util.List;
import java.util.Locale;

/**
 * Names of the environment variables with secrets of a source: {@code COSTLAKE_MLFLOW_<SECRET>} for
 * all sources, or with {@code _<SOURCE>} for one. Each may have the suffix {@code _FILE} and name a
 * file instead.
 */
final class MlflowSecrets {
  private static final String START = "COSTLAKE_MLFLOW_";

  private MlflowSecrets() {}

  /** Returns the names of the variables; the first that is set counts. */
  static List<String> variables(String secret, String source) {
    String all = START + secret;
    return List.of(all + "_" + source.toUpperCase(Locale.ROOT).replace('-', '_'), all);
  }
}
