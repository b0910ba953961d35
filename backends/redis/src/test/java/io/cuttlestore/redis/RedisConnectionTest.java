package io.cuttlestore.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.cuttlestore.spi.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;

@DisplayName("A connection")
class RedisConnectionTest {
    private static final int SMALLEST = 1;

    @Test
    @DisplayName("ends a trip in time whose many short commands a server does not read")
    void manyShortCommands() throws IOException {
        List<CommandArguments> lines = Collections.nCopies(1_600, new CommandArguments(Command.GET).add("k"));
        try (ServerSocket deaf = new ServerSocket();
                WriteGuard guard = new WriteGuard()) {
            deaf.setReceiveBufferSize(SMALLEST);
            deaf.bind(new InetSocketAddress(RedisServer.HOST, 0));
            Deadline deadline = Deadline.after(Duration.ofMillis(300));
            try (RedisConnection connection = connect(deaf, deadline, guard)) {
                assertTimeoutPreemptively(
                        Duration.ofSeconds(10),
                        () -> assertThatThrownBy(() -> connection.trip(lines, deadline, new ArrayList<>()))
                                .isInstanceOf(JedisConnectionException.class));
                assertThat(connection.isBroken()).isTrue();
            }
        }
    }

    private static RedisConnection connect(ServerSocket server, Deadline deadline, WriteGuard guard)
            throws IOException {
        DeadlineSocket socket = new DeadlineSocket(deadline);
        socket.setSendBufferSize(SMALLEST);
        socket.connect(server.getLocalSocketAddress());
        Connection jedis = new Connection(
                () -> socket,
                DefaultJedisClientConfig.builder()
                        .serverDefaultProtocol()
                        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                        .build());
        return new RedisConnection(jedis, socket, guard);
    }
}
