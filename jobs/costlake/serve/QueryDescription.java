package costlake.serve;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The message in which a worker describes a query or the tables.
 *
 * @param took time from the request to this message
 */
record QueryDescription(WorkerMessage message, Duration took) {
  /** Returns the number of {@code ?} in the query. */
  int parameters() {
    return ByteBuffer.wrap(message.payload()).getInt();
  }

  /** Returns the names and types of the columns of the answer. */
  Schema schema() {
    byte[] bytes = message.payload();
    try (ReadChannel channel =
        new ReadChannel(
            Channels.newChannel(
                new ByteArrayInputStream(bytes, Integer.BYTES, bytes.length - Integer.BYTES)))) {
      return MessageSerializer.deserializeSchema(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the columns of the tables that the user may see, by table name with the namespace. */
  Map<String, StructType> tables() {
    try (DataInputStream data = new DataInputStream(new ByteArrayInputStream(message.payload()))) {
      Map<String, StructType> tables = new TreeMap<>();
      for (int left = data.readInt(); left > 0; left--) {
        String name = data.readUTF();
        String columns = new String(data.readNBytes(data.readInt()), StandardCharsets.UTF_8);
        tables.put(name, (StructType) DataType.fromJson(columns));
      }
      return tables;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
