package costlake.serve;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message from a worker to the server. An answer has any number of messages and ends with {@link
 * Kind#IDLE}.
 */
final class WorkerMessage {
  /** The kind of a message. */
  enum Kind {
    /** The worker has started. */
    READY,
    /** Names of tables, and their columns as a Spark schema. */
    TABLES,
    /** The number of {@code ?}, and the columns of the answer as an Arrow schema. */
    SCHEMA,
    /** Rows as an Arrow batch; empty if they exceed a limit. */
    BATCH,
    /** The answer is complete. */
    END,
    /** The reason why there is no answer. */
    FAILED,
    /** No task of the query runs any more; the worker can take the next request. */
    IDLE
  }

  private final Kind kind;
  private final byte[] payload;

  WorkerMessage(Kind kind, byte[] payload) {
    this.kind = kind;
    this.payload = payload;
  }

  static WorkerMessage of(Kind kind) {
    return new WorkerMessage(kind, new byte[0]);
  }

  static WorkerMessage failed(String message) {
    return new WorkerMessage(Kind.FAILED, message.getBytes(StandardCharsets.UTF_8));
  }

  static WorkerMessage schema(int parameters, byte[] schema) {
    return new WorkerMessage(
        Kind.SCHEMA,
        ByteBuffer.allocate(Integer.BYTES + schema.length).putInt(parameters).put(schema).array());
  }

  Kind kind() {
    return kind;
  }

  byte[] payload() {
    return payload;
  }

  String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(kind.name());
    out.writeInt(payload.length);
    out.write(payload);
    out.flush();
  }

  static WorkerMessage read(DataInputStream in) throws IOException {
    Kind kind = kind(in.readUTF());
    byte[] payload = new byte[in.readInt()];
    in.readFully(payload);
    return new WorkerMessage(kind, payload);
  }

  private static Kind kind(String name) throws IOException {
    try {
      return Kind.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("Cannot read a message of kind " + name, e);
    }
  }
}
