"""How much of a topic its consumer group has settled, asked of the broker, so that the worker is not disturbed."""

from confluent_kafka import Consumer, TopicPartition


class Topic:
    def __init__(self, brokers, name, group):
        # It never subscribes, so it is no member of the group.
        self.consumer = Consumer({"bootstrap.servers": brokers, "group.id": group, "enable.auto.commit": False})
        partitions = self.consumer.list_topics(name, timeout=10).topics[name].partitions
        self.partitions = [TopicPartition(name, number) for number in partitions]

    def settled(self):
        """The sum of the committed offsets: records settled, where the topic was written without transactions."""
        return sum(max(partition.offset, 0) for partition in self.consumer.committed(self.partitions, timeout=10))

    def close(self):
        self.consumer.close()
