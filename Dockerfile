# An image with endstate, for manifests/deployment.yaml:
#
#   docker build --tag endstate:0.1.0 .
#   docker run --rm endstate:0.1.0 --version
FROM swift:6.3-bookworm AS build
# What scripts/install-dependencies lists for a build and the toolchain's image lacks.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libgit2-dev libsimdjson-dev libyaml-dev pkg-config zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
# Swift's own libraries go into the program, so that the image below needs no toolchain.
RUN swift build --configuration release --product endstate --static-swift-stdlib \
    && install -D --strip .build/release/endstate /out/endstate

# The same Debian as above: the program is linked to its libraries.
FROM debian:12-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        ca-certificates libgit2-1.5 libsimdjson14 libstdc++6 libyaml-0-2 tzdata zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 65532 endstate \
    && useradd --uid 65532 --gid 65532 --create-home --home-dir /var/cache/endstate --shell /usr/sbin/nologin endstate
COPY --from=build /out/endstate /usr/local/bin/endstate
# The git cache is in here.
ENV HOME=/var/cache/endstate XDG_CACHE_HOME=/var/cache/endstate
USER 65532:65532
ENTRYPOINT ["endstate"]
