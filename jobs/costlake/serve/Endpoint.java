package costlake.serve;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import costlake.core.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.CloseSessionRequest;
import org.apache.arrow.flight.CloseSessionResult;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.SchemaResult;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.BasicFlightSqlProducer;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionClosePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCrossReference;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetExportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetImportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetPrimaryKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetSqlInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetXdbcTypeInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.catalyst.expressions.Literal;

/**
 * The Flight SQL calls. A statement belongs to the user who made it; its handle is random, and to
 * anyone else it does not exist.
 */
final class Endpoint extends BasicFlightSqlProducer {
  private static final int STATEMENTS_MAX = 10_000;
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(2);

  private record Statement(
      String user, String sql, List<Literal> arguments, Query query, RunningQuery running) {}

  private final Doorkeeper doorkeeper;
  private final Rooms rooms;
  private final Runner runner;
  private final Catalogue catalogue;
  private final Cache<String, Statement> statements =
      CacheBuilder.newBuilder()
          .maximumSize(STATEMENTS_MAX)
          .expireAfterAccess(FORGOTTEN_AFTER)
          .build();

  Endpoint(Doorkeeper doorkeeper, Rooms rooms, Runner runner, Catalogue catalogue) {
    this.doorkeeper = doorkeeper;
    this.rooms = rooms;
    this.runner = runner;
    this.catalogue = catalogue;
  }

  @Override
  public void close() {
    runner.close();
    rooms.close();
  }

  private Room room(CallContext context) {
    return rooms.of(doorkeeper.scope(context.peerIdentity()));
  }

  private static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (FlightRuntimeException e) {
      throw e;
    } catch (Failure e) {
      throw CallStatus.INVALID_ARGUMENT.withDescription(e.getMessage()).toRuntimeException();
    } catch (Exception | Error e) {
      throw CallStatus.INTERNAL.withDescription(Messages.of(e)).toRuntimeException();
    }
  }

  private Statement mine(CallContext context, String handle) {
    doorkeeper.scope(context.peerIdentity());
    Statement statement = statements.getIfPresent(handle);
    if (statement == null || !statement.user().equals(context.peerIdentity())) {
      throw CallStatus.NOT_FOUND
          .withDescription("Cannot find this statement: it was closed, or never was")
          .toRuntimeException();
    }
    return statement;
  }

  private String keep(Statement statement) {
    String handle = UUID.randomUUID().toString();
    statements.put(handle, statement);
    return handle;
  }

  private Query ask(CallContext context, String sql, List<Literal> arguments) {
    return told(() -> Query.of(room(context), sql, arguments));
  }

  @Override
  public FlightInfo getFlightInfoStatement(
      CommandStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    Query query = ask(context, command.getQuery(), List.of());
    String handle =
        keep(new Statement(context.peerIdentity(), command.getQuery(), List.of(), query, null));
    TicketStatementQuery ticket =
        TicketStatementQuery.newBuilder().setStatementHandle(bytes(handle)).build();
    return info(ticket, descriptor, query.schema());
  }

  @Override
  public SchemaResult getSchemaStatement(
      CommandStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    return new SchemaResult(ask(context, command.getQuery(), List.of()).schema());
  }

  @Override
  public void getStreamStatement(
      TicketStatementQuery ticket, CallContext context, ServerStreamListener listener) {
    run(ticket.getStatementHandle().toStringUtf8(), context, listener);
  }

  @Override
  public void createPreparedStatement(
      ActionCreatePreparedStatementRequest request,
      CallContext context,
      StreamListener<Result> listener) {
    answer(
        listener,
        () -> {
          String sql = request.getQuery();
          Room room = room(context);
          int parameters = QueryGate.parameters(room.session(), sql);
          List<Literal> unknown = Collections.nCopies(parameters, Parameters.unknown());
          Schema schema = Query.of(room, sql, unknown).schema();
          String handle = keep(new Statement(context.peerIdentity(), sql, unknown, null, null));
          return new Result(
              Any.pack(
                      ActionCreatePreparedStatementResult.newBuilder()
                          .setPreparedStatementHandle(bytes(handle))
                          .setDatasetSchema(serialised(schema))
                          .setParameterSchema(serialised(Parameters.schema(parameters)))
                          .build())
                  .toByteArray());
        });
  }

  @Override
  public void closePreparedStatement(
      ActionClosePreparedStatementRequest request,
      CallContext context,
      StreamListener<Result> listener) {
    answer(
        listener,
        () -> {
          String handle = request.getPreparedStatementHandle().toStringUtf8();
          mine(context, handle);
          statements.invalidate(handle);
          return null;
        });
  }

  @Override
  public FlightInfo getFlightInfoPreparedStatement(
      CommandPreparedStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    Statement statement = mine(context, command.getPreparedStatementHandle().toStringUtf8());
    return info(command, descriptor, ask(context, statement.sql(), statement.arguments()).schema());
  }

  @Override
  public SchemaResult getSchemaPreparedStatement(
      CommandPreparedStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    Statement statement = mine(context, command.getPreparedStatementHandle().toStringUtf8());
    return new SchemaResult(ask(context, statement.sql(), statement.arguments()).schema());
  }

  @Override
  public Runnable acceptPutPreparedStatementQuery(
      CommandPreparedStatementQuery command,
      CallContext context,
      FlightStream values,
      StreamListener<PutResult> listener) {
    return () -> {
      try {
        String handle = command.getPreparedStatementHandle().toStringUtf8();
        Statement statement = mine(context, handle);
        List<Literal> arguments = told(() -> Parameters.read(values));
        statements.put(
            handle, new Statement(statement.user(), statement.sql(), arguments, null, null));
        listener.onCompleted();
      } catch (FlightRuntimeException e) {
        listener.onError(e);
      }
    };
  }

  @Override
  public void getStreamPreparedStatement(
      CommandPreparedStatementQuery command, CallContext context, ServerStreamListener listener) {
    run(command.getPreparedStatementHandle().toStringUtf8(), context, listener);
  }

  private void run(String handle, CallContext context, ServerStreamListener listener) {
    try {
      Statement asked = mine(context, handle);
      Query query =
          asked.query() == null ? ask(context, asked.sql(), asked.arguments()) : asked.query();
      RunningQuery running = runner.start(query, listener);
      statements.put(
          handle, new Statement(asked.user(), asked.sql(), asked.arguments(), null, running));
    } catch (FlightRuntimeException e) {
      listener.error(e);
    }
  }

  @Override
  public void cancelFlightInfo(
      CancelFlightInfoRequest request, CallContext context, StreamListener<CancelStatus> listener) {
    answer(
        listener,
        () ->
            cancel(request.getInfo(), context)
                ? CancelStatus.CANCELLED
                : CancelStatus.NOT_CANCELLABLE);
  }

  private boolean cancel(FlightInfo info, CallContext context) {
    boolean cancelled = false;
    for (FlightEndpoint endpoint : info.getEndpoints()) {
      Statement statement = mine(context, handle(endpoint.getTicket()));
      cancelled |= statement.running() != null && statement.running().cancel();
    }
    return cancelled;
  }

  private static String handle(Ticket ticket) {
    try {
      Any any = Any.parseFrom(ticket.getBytes());
      ByteString handle =
          any.is(TicketStatementQuery.class)
              ? any.unpack(TicketStatementQuery.class).getStatementHandle()
              : any.unpack(CommandPreparedStatementQuery.class).getPreparedStatementHandle();
      return handle.toStringUtf8();
    } catch (InvalidProtocolBufferException e) {
      throw CallStatus.INVALID_ARGUMENT
          .withDescription("Cannot read the ticket: it is not one of ours")
          .withCause(e)
          .toRuntimeException();
    }
  }

  @Override
  public void closeSession(
      CloseSessionRequest request,
      CallContext context,
      StreamListener<CloseSessionResult> listener) {
    answer(listener, () -> new CloseSessionResult(CloseSessionResult.Status.CLOSED));
  }

  private static <T> void answer(StreamListener<T> listener, Supplier<T> work) {
    try {
      T result = told(work);
      if (result != null) {
        listener.onNext(result);
      }
      listener.onCompleted();
    } catch (FlightRuntimeException e) {
      listener.onError(e);
    }
  }

  @Override
  public void getStreamSqlInfo(
      CommandGetSqlInfo command, CallContext context, ServerStreamListener listener) {
    doorkeeper.scope(context.peerIdentity());
    catalogue.sqlInfo(command.getInfoList(), listener);
  }

  @Override
  public void getStreamTypeInfo(
      CommandGetXdbcTypeInfo command, CallContext context, ServerStreamListener listener) {
    doorkeeper.scope(context.peerIdentity());
    catalogue.types(command, listener);
  }

  @Override
  public void getStreamCatalogs(CallContext context, ServerStreamListener listener) {
    doorkeeper.scope(context.peerIdentity());
    catalogue.catalogs(listener);
  }

  @Override
  public void getStreamSchemas(
      CommandGetDbSchemas command, CallContext context, ServerStreamListener listener) {
    doorkeeper.scope(context.peerIdentity());
    catalogue.schemas(command, listener);
  }

  @Override
  public void getStreamTables(
      CommandGetTables command, CallContext context, ServerStreamListener listener) {
    catalogue.tables(room(context), command, listener);
  }

  @Override
  public void getStreamTableTypes(CallContext context, ServerStreamListener listener) {
    doorkeeper.scope(context.peerIdentity());
    catalogue.tableTypes(listener);
  }

  @Override
  public void getStreamPrimaryKeys(
      CommandGetPrimaryKeys command, CallContext context, ServerStreamListener listener) {
    catalogue.keys(room(context), command, listener);
  }

  @Override
  public void getStreamExportedKeys(
      CommandGetExportedKeys command, CallContext context, ServerStreamListener listener) {
    catalogue.none(Schemas.GET_EXPORTED_KEYS_SCHEMA, listener);
  }

  @Override
  public void getStreamImportedKeys(
      CommandGetImportedKeys command, CallContext context, ServerStreamListener listener) {
    catalogue.none(Schemas.GET_IMPORTED_KEYS_SCHEMA, listener);
  }

  @Override
  public void getStreamCrossReference(
      CommandGetCrossReference command, CallContext context, ServerStreamListener listener) {
    catalogue.none(Schemas.GET_CROSS_REFERENCE_SCHEMA, listener);
  }

  @Override
  protected <T extends Message> List<FlightEndpoint> determineEndpoints(
      T request, FlightDescriptor descriptor, Schema schema) {
    return List.of(new FlightEndpoint(new Ticket(Any.pack(request).toByteArray())));
  }

  private FlightInfo info(Message ticket, FlightDescriptor descriptor, Schema schema) {
    return new FlightInfo(
        schema, descriptor, determineEndpoints(ticket, descriptor, schema), -1, -1);
  }

  private static ByteString bytes(String handle) {
    return ByteString.copyFrom(handle, StandardCharsets.UTF_8);
  }

  static ByteString serialised(Schema schema) {
    return ByteString.copyFrom(ByteBuffer.wrap(schemaBytes(schema)));
  }

  static byte[] schemaBytes(Schema schema) {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    try (WriteChannel channel = new WriteChannel(java.nio.channels.Channels.newChannel(bytes))) {
      MessageSerializer.serialize(channel, schema);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
