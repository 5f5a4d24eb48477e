import { Controller, Get, Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { EndpointsService } from "./endpoints.service.js";
import { KonProModule } from "./konpro.module.js";

@Controller("endpoints")
class EndpointsController {
  constructor(private readonly endpoints: EndpointsService) {}

  @Get()
  usernames(): Promise<string[]> {
    return this.endpoints.usernames();
  }
}

@Module({
  imports: [KonProModule],
  controllers: [EndpointsController],
  providers: [EndpointsService],
})
class AppModule {}

async function main() {
  const app = await NestFactory.create(AppModule);
  await app.listen(0, "127.0.0.1");
  console.log(await app.getUrl());
}
void main();
