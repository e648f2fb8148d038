# The product alone, one static binary: `docker build .`, or `docker compose build`.
# --build-arg GOPROXY=… where another module proxy is nearer than the default.
FROM golang:1.26.8-trixie AS build
ARG GOPROXY=
ARG BUILD_ID=
ENV CGO_ENABLED=0
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -trimpath -ldflags "-s -w ${BUILD_ID:+-X main.buildID=${BUILD_ID}}" -o /out/tiaochu ./cmd/tiaochu \
 && install -d -m 0700 /out/data \
 && install -d -m 1777 /out/tmp

# Nothing but the binary (which carries the time zones), the public certificate authorities, and
# two folders: no shell, no package to update, and no registry beyond Docker's needed to build it.
FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/tmp /tmp
COPY --from=build /out/tiaochu /tiaochu
USER 65532:65532
ENV TIAOCHU_DATA=/data \
    TIAOCHU_LISTEN=0.0.0.0:8080 \
    TIAOCHU_LOG_FORMAT=json
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["/tiaochu", "health", "api"]
ENTRYPOINT ["/tiaochu"]
CMD ["api"]
