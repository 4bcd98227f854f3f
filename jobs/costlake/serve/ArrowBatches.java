package costlake.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.util.ArrowUtils;

/**
 * Serialises the rows of one partition as Arrow batches, in the task that computes the partition.
 * Stops early if the answer exceeds a limit: after more than {@code rowsMax} rows, or with {@link
 * #TOO_LARGE} in place of the batch that exceeds {@code bytesMax}.
 */
final class ArrowBatches implements Iterator<byte[]>, AutoCloseable {
  /** Replaces the batch that exceeds the limit of bytes. */
  static final byte[] TOO_LARGE = new byte[0];

  private static final int BATCH_ROWS = 4096;
  private static final int BATCH_BYTES = 1 << 20;
  private static final int CHECK_SIZE_EVERY_ROWS = 16;

  private final Iterator<InternalRow> rows;
  private final long rowsMax;
  private final long bytesMax;
  private final BufferAllocator allocator;
  private final VectorSchemaRoot root;
  private final ArrowWriter writer;
  private long rowsMade;
  private long bytesMade;
  private boolean over;

  ArrowBatches(Iterator<InternalRow> rows, Schema schema, long rowsMax, long bytesMax) {
    this.rows = rows;
    this.rowsMax = rowsMax;
    this.bytesMax = bytesMax;
    this.allocator = ArrowUtils.rootAllocator().newChildAllocator("answer", 0, Long.MAX_VALUE);
    this.root = VectorSchemaRoot.create(schema, allocator);
    this.writer = ArrowWriter.create(root);
  }

  @Override
  public boolean hasNext() {
    boolean more = !over && rowsMade <= rowsMax && rows.hasNext();
    if (!more) {
      close();
    }
    return more;
  }

  @Override
  public byte[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int count = 0;
    boolean full = false;
    while (!full && rowsMade <= rowsMax && rows.hasNext()) {
      writer.write(rows.next());
      rowsMade++;
      count++;
      full =
          count == BATCH_ROWS
              || (count % CHECK_SIZE_EVERY_ROWS == 1 && writer.sizeInBytes() >= BATCH_BYTES);
    }
    writer.finish();
    byte[] batch = serialised();
    writer.reset();
    bytesMade += batch.length;
    over = bytesMade > bytesMax;
    return over ? TOO_LARGE : batch;
  }

  private byte[] serialised() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArrowRecordBatch batch = new VectorUnloader(root).getRecordBatch();
        WriteChannel channel = new WriteChannel(Channels.newChannel(bytes))) {
      MessageSerializer.serialize(channel, batch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    root.close();
    allocator.close();
  }
}
