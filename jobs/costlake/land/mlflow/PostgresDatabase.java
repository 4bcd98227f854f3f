package costlake.land.mlflow;

import costlake.core.Failure;
import costlake.fetch.SecretVariables;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * MLflow's database in PostgreSQL. The address is that of MLflow's {@code --backend-store-uri}, but
 * without a password: {@code postgresql://USER@HOST:PORT/DATABASE}, with or without a driver as in
 * {@code postgresql+psycopg2}. The password comes from the environment; see {@link MlflowSecrets}.
 */
final class PostgresDatabase implements MlflowTables.Database {
  private static final String CONNECT_MAX_S = "10";

  /** Longest wait for data; a query that returns nothing for so long has failed. */
  private static final String ANSWER_MAX_S = "300";

  /** Classes of SQLSTATE of which a second attempt may succeed: no connection, no resources. */
  private static final Set<String> PASSING = Set.of("08", "40", "53", "57");

  private final String source;
  private final URI address;
  private final List<String> variables;
  private final Optional<String> password;

  PostgresDatabase(String source, URI address, Map<String, String> environment) {
    this.source = source;
    this.address = address;
    this.variables = MlflowSecrets.variables("PASSWORD", source);
    this.password = SecretVariables.find(variables, environment);
  }

  @Override
  public Connection open() throws SQLException {
    Properties settings = new Properties();
    Optional.ofNullable(address.getUserInfo()).ifPresent(user -> settings.put("user", user));
    password.ifPresent(secret -> settings.put("password", secret));
    settings.put("connectTimeout", CONNECT_MAX_S);
    settings.put("socketTimeout", ANSWER_MAX_S);
    Connection connection = DriverManager.getConnection(jdbc(), settings);
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return connection;
  }

  private String jdbc() {
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    return "jdbc:postgresql://" + server() + address.getRawPath() + query;
  }

  private String server() {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return address.getHost() + port;
  }

  @Override
  public Failure unreadable(SQLException cause) {
    String state = Objects.requireNonNullElse(cause.getSQLState(), "");
    String why =
        "Cannot read MLflow's tables in %s%s for source '%s': %s"
            .formatted(server(), address.getPath(), source, cause.getMessage());
    return PASSING.stream().anyMatch(state::startsWith)
        ? Failure.internal(cause, "%s Check that the address is right and the server is up.", why)
        : Failure.operator(
            cause,
            "%s Check the address, and that its user may read these tables with the password in"
                + " %s.",
            why,
            String.join(" or ", variables));
  }
}
