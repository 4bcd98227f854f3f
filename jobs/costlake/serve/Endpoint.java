package costlake.serve;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import costlake.core.Failure;
import costlake.serve.PreparedStatements.Statement;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
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
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.types.StructType;

/**
 * Answers the calls of Flight SQL. A statement belongs to the user who made it. Its handle is
 * random, and other users cannot find it.
 */
final class Endpoint extends BasicFlightSqlProducer {
  private final Authenticator authenticator;
  private final QueryRunner runner;
  private final BufferAllocator allocator;
  private final FlightMetadata metadata;
  private final ParameterTransfers transfers;
  private final PreparedStatements statements;

  Endpoint(
      Authenticator authenticator,
      QueryRunner runner,
      BufferAllocator allocator,
      FlightMetadata metadata,
      ParameterTransfers transfers) {
    this.authenticator = authenticator;
    this.runner = runner;
    this.allocator = allocator;
    this.metadata = metadata;
    this.transfers = transfers;
    this.statements =
        new PreparedStatements(
            runner.limits().statementsPerUserMax(),
            runner.limits().statementsPerUserMaxMib() * (1L << 20),
            Clock.systemUTC());
  }

  @Override
  public void close() {
    runner.close();
  }

  private SignedInUser signedIn(CallContext context) {
    return authenticator.signedIn(context.peerIdentity());
  }

  /** Turns a failure of {@code work} into the status that Flight sends to the client. */
  private static <T> T withStatus(Supplier<T> work) {
    try {
      return work.get();
    } catch (FlightRuntimeException e) {
      throw e;
    } catch (Failure e) {
      throw CallStatus.INVALID_ARGUMENT.withDescription(e.getMessage()).toRuntimeException();
    } catch (Exception | Error e) {
      throw CallStatus.INTERNAL.withDescription(ClientErrors.of(e)).toRuntimeException();
    }
  }

  private Statement ownStatement(SignedInUser signedIn, String handle) {
    return statements
        .find(signedIn.user(), handle)
        .orElseThrow(
            () ->
                CallStatus.NOT_FOUND
                    .withDescription(
                        "Cannot find this statement: it is closed or was never prepared")
                    .toRuntimeException());
  }

  /** Sends a request to a worker and waits for its description. */
  private QueryDescription ask(
      Request.Kind kind, CallContext context, String sql, List<Serializable> arguments) {
    RunningQuery query =
        runner.submit(kind, signedIn(context), sql, arguments, runner.time(), context::isCancelled);
    AtomicReference<WorkerMessage> answer = new AtomicReference<>();
    CallStatus ended = query.run(answer::set, status -> {});
    if (ended != RunningQuery.DONE) {
      throw ended.toRuntimeException();
    }
    return new QueryDescription(Objects.requireNonNull(answer.get()), query.elapsed());
  }

  private QueryDescription describe(CallContext context, Statement statement) {
    return ask(Request.Kind.DESCRIBE, context, statement.sql(), statement.arguments());
  }

  private static Statement idle(String sql, List<Serializable> arguments, Duration used) {
    return new Statement(sql, arguments, used, null);
  }

  private Map<String, StructType> tables(CallContext context) {
    return ask(Request.Kind.TABLES, context, "", List.of()).tables();
  }

  @Override
  public FlightInfo getFlightInfoStatement(
      CommandStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    QueryDescription described =
        describe(context, idle(command.getQuery(), List.of(), Duration.ZERO));
    String handle =
        statements.keep(
            signedIn(context).user(), idle(command.getQuery(), List.of(), described.took()));
    TicketStatementQuery ticket =
        TicketStatementQuery.newBuilder().setStatementHandle(bytes(handle)).build();
    return info(ticket, descriptor, described.schema());
  }

  @Override
  public SchemaResult getSchemaStatement(
      CommandStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    return new SchemaResult(
        describe(context, idle(command.getQuery(), List.of(), Duration.ZERO)).schema());
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
          QueryDescription described = ask(Request.Kind.PREPARE, context, sql, List.of());
          int parameters = described.parameters();
          List<Serializable> unknown = Collections.nCopies(parameters, null);
          String handle =
              statements.keep(signedIn(context).user(), idle(sql, unknown, Duration.ZERO));
          return new Result(
              Any.pack(
                      ActionCreatePreparedStatementResult.newBuilder()
                          .setPreparedStatementHandle(bytes(handle))
                          .setDatasetSchema(serialised(described.schema()))
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
          SignedInUser signedIn = signedIn(context);
          ownStatement(signedIn, handle);
          statements.drop(signedIn.user(), handle);
          return null;
        });
  }

  @Override
  public FlightInfo getFlightInfoPreparedStatement(
      CommandPreparedStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    SignedInUser signedIn = signedIn(context);
    String handle = command.getPreparedStatementHandle().toStringUtf8();
    Statement statement = ownStatement(signedIn, handle);
    QueryDescription described = describe(context, statement);
    statements.put(
        signedIn.user(), handle, idle(statement.sql(), statement.arguments(), described.took()));
    return info(command, descriptor, described.schema());
  }

  @Override
  public SchemaResult getSchemaPreparedStatement(
      CommandPreparedStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    String handle = command.getPreparedStatementHandle().toStringUtf8();
    return new SchemaResult(describe(context, ownStatement(signedIn(context), handle)).schema());
  }

  /**
   * Reads the values that a client sends for a prepared statement. Limits the time, because a
   * client may send them late or never.
   */
  @Override
  public Runnable acceptPut(
      CallContext context, FlightStream values, StreamListener<PutResult> listener) {
    return () -> {
      try {
        String user = signedIn(context).user();
        transfers.read(user, () -> super.acceptPut(context, values, listener).run());
      } catch (FlightRuntimeException e) {
        listener.onError(e);
      }
    };
  }

  @Override
  public Runnable acceptPutPreparedStatementQuery(
      CommandPreparedStatementQuery command,
      CallContext context,
      FlightStream values,
      StreamListener<PutResult> listener) {
    return () -> {
      String handle = command.getPreparedStatementHandle().toStringUtf8();
      SignedInUser signedIn = signedIn(context);
      Statement statement = ownStatement(signedIn, handle);
      List<Serializable> arguments = withStatus(() -> Parameters.read(values));
      statements.put(signedIn.user(), handle, idle(statement.sql(), arguments, statement.used()));
      listener.onCompleted();
    };
  }

  @Override
  public void getStreamPreparedStatement(
      CommandPreparedStatementQuery command, CallContext context, ServerStreamListener listener) {
    run(command.getPreparedStatementHandle().toStringUtf8(), context, listener);
  }

  private void run(String handle, CallContext context, ServerStreamListener listener) {
    try {
      SignedInUser signedIn = signedIn(context);
      Statement asked = ownStatement(signedIn, handle);
      RunningQuery query =
          runner.submit(
              Request.Kind.ROWS,
              signedIn,
              asked.sql(),
              asked.arguments(),
              runner.time().minus(asked.used()),
              context::isCancelled);
      statements.put(
          signedIn.user(),
          handle,
          new Statement(asked.sql(), asked.arguments(), Duration.ZERO, query));
      try (RowsToClient rows = new RowsToClient(query, runner.limits(), allocator, listener)) {
        rows.run();
      }
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
      Statement statement = ownStatement(signedIn(context), handle(endpoint.getTicket()));
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
          .withDescription("Cannot read the ticket: this server did not issue it")
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
      T result = withStatus(work);
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
    signedIn(context);
    metadata.sqlInfo(command.getInfoList(), listener);
  }

  @Override
  public void getStreamTypeInfo(
      CommandGetXdbcTypeInfo command, CallContext context, ServerStreamListener listener) {
    signedIn(context);
    metadata.types(command, listener);
  }

  @Override
  public void getStreamCatalogs(CallContext context, ServerStreamListener listener) {
    signedIn(context);
    metadata.catalogs(listener);
  }

  @Override
  public void getStreamSchemas(
      CommandGetDbSchemas command, CallContext context, ServerStreamListener listener) {
    signedIn(context);
    metadata.schemas(command, listener);
  }

  @Override
  public void getStreamTables(
      CommandGetTables command, CallContext context, ServerStreamListener listener) {
    metadata.tables(tables(context), command, listener);
  }

  @Override
  public void getStreamTableTypes(CallContext context, ServerStreamListener listener) {
    signedIn(context);
    metadata.tableTypes(listener);
  }

  @Override
  public void getStreamPrimaryKeys(
      CommandGetPrimaryKeys command, CallContext context, ServerStreamListener listener) {
    metadata.keys(tables(context).keySet(), command, listener);
  }

  @Override
  public void getStreamExportedKeys(
      CommandGetExportedKeys command, CallContext context, ServerStreamListener listener) {
    metadata.noRows(Schemas.GET_EXPORTED_KEYS_SCHEMA, listener);
  }

  @Override
  public void getStreamImportedKeys(
      CommandGetImportedKeys command, CallContext context, ServerStreamListener listener) {
    metadata.noRows(Schemas.GET_IMPORTED_KEYS_SCHEMA, listener);
  }

  @Override
  public void getStreamCrossReference(
      CommandGetCrossReference command, CallContext context, ServerStreamListener listener) {
    metadata.noRows(Schemas.GET_CROSS_REFERENCE_SCHEMA, listener);
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
