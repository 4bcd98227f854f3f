package costlake.serve;

import costlake.config.ServeConfig;
import costlake.core.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.jspecify.annotations.Nullable;

/** Decodes the rows of one answer of a worker, up to the limits of an answer. */
final class BatchLoader implements AutoCloseable {
  private final ServeConfig limits;
  private final BufferAllocator allocator;
  private @Nullable VectorSchemaRoot root;
  private @Nullable VectorLoader loader;
  private long rows;

  BatchLoader(ServeConfig limits, BufferAllocator allocator) {
    this.limits = limits;
    this.allocator = allocator;
  }

  /**
   * Decodes the next message: first the columns, then batches of rows. Returns the same vectors for
   * all messages; each batch replaces the one before it.
   *
   * @throws Failure when the answer exceeds a limit
   */
  VectorSchemaRoot load(WorkerMessage message) throws IOException {
    if (message.kind() == WorkerMessage.Kind.SCHEMA) {
      root =
          VectorSchemaRoot.create(new QueryDescription(message, Duration.ZERO).schema(), allocator);
      loader = new VectorLoader(root);
    } else {
      load(message.payload());
    }
    return Objects.requireNonNull(root);
  }

  private void load(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      throw Failure.operator(
          """
          Cancelled: a part of the answer exceeds %d MiB (serve.query_max_mib). Select fewer
          columns or rows
          """,
          limits.queryMaxMib());
    }
    try (ReadChannel channel =
            new ReadChannel(Channels.newChannel(new ByteArrayInputStream(bytes)));
        ArrowRecordBatch batch = MessageSerializer.deserializeRecordBatch(channel, allocator)) {
      rows += batch.getLength();
      refuseTooManyRows();
      Objects.requireNonNull(loader).load(batch);
    }
  }

  private void refuseTooManyRows() {
    if (rows > limits.queryMaxRows()) {
      throw Failure.operator(
          """
          Cancelled: the answer has more than %d rows (serve.query_max_rows). Add a limit or a
          filter, or aggregate
          """,
          limits.queryMaxRows());
    }
  }

  @Override
  public void close() {
    if (root != null) {
      root.close();
    }
  }
}
