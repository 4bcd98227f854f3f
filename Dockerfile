# The archive of "mvn package" with a Java runtime: docker build -t costlake . && docker run -v "$PWD:/work" costlake demo
FROM eclipse-temurin:17-jre-noble
ADD target/costlake-*.tar.gz /opt/
RUN ln -s /opt/costlake-*/costlake /usr/local/bin/costlake
USER ubuntu
WORKDIR /work
ENTRYPOINT ["costlake"]
