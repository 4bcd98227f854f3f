package costlake.serve;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request to a worker.
 *
 * @param user name of the user, as {@code current_user} returns it
 * @param scope teams whose rows the user may see
 * @param arguments values for the {@code ?} of the query, in their order
 */
record Request(
    Kind kind,
    String user,
    TeamScope scope,
    String sql,
    List<Serializable> arguments,
    int rowsMax,
    int mibMax) {
  /** The kind of answer that the server requests. */
  enum Kind {
    /** The tables that the user may see, and their columns. */
    TABLES,
    /**
     * The number of {@code ?} in a query, and the columns of its answer. The values for the {@code
     * ?} do not change the columns.
     */
    PREPARE,
    /** The columns of the answer to a query. */
    DESCRIBE,
    /** The answer to a query. */
    ROWS
  }

  Request {
    arguments = new ArrayList<>(arguments); // may hold null, which List.copyOf refuses
  }

  void write(ObjectOutputStream out) throws IOException {
    out.writeObject(kind);
    out.writeObject(user);
    out.writeObject(scope.teams().map(ArrayList::new).orElse(null));
    out.writeObject(sql);
    out.writeObject(arguments);
    out.writeInt(rowsMax);
    out.writeInt(mibMax);
  }

  @SuppressWarnings("unchecked")
  static Request read(ObjectInputStream in) throws IOException, ClassNotFoundException {
    return new Request(
        (Kind) in.readObject(),
        (String) in.readObject(),
        new TeamScope(Optional.ofNullable((List<String>) in.readObject())),
        (String) in.readObject(),
        (List<Serializable>) in.readObject(),
        in.readInt(),
        in.readInt());
  }
}
